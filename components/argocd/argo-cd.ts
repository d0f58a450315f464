import { Namespace, SecretPatch } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random";
import type { ArgoCdSettings } from "../../model/argocd-settings";
import type { KubernetesObject } from "../../manifests/kubernetes-object";
import { takingOver } from "../field-manager";
import { KubernetesResource } from "../kubernetes-resource";
import { podSecurityLabels } from "../pod-security";
import { secretData } from "../secret-data";
import { shownInputs } from "../shown-inputs";
import { applicationNamespaceRights } from "./application-namespaces";
import { checkManifests } from "./check-manifests";
import { defaultProject } from "./default-project";
import { serviceMonitors } from "./metrics";
import { NOTIFICATIONS_SECRET, notificationSecrets } from "./notifications";
import { patchManifests } from "./patch-manifests";
import { SHARED_SECRET } from "./patch-shared-secret";
import { isClusterWide } from "./patch-namespace";
import { ADMIN_PASSWORD, GITLAB_WEBHOOK_SECRET, OIDC_CLIENT_SECRET } from "./secret-keys";
import { withoutAwait } from "./without-await";
import { isWorkload } from "./workload";

/** Owns the keys that we write into Secrets of Argo CD's. Fixed, so that they are found again after a lost state. */
const FIELD_MANAGER = "gitops-factory";

export interface ArgoCdArgs {
  readonly settings: ArgoCdSettings;
  /** The official manifests that `settings.manifests` pins, parsed. */
  readonly manifests: readonly KubernetesObject[];
  /** Whether Pulumi refuses to delete what all Applications depend on. @default false */
  readonly protect?: boolean;
}

/** Argo CD runs in its namespace as the official manifests and the settings want it, and its default project is closed. */
export class ArgoCd extends pulumi.ComponentResource {
  /** Where Argo CD's own objects lie. */
  readonly namespace: pulumi.Output<string>;
  /** The version that the manifests install: `v3.2.12`. */
  readonly version: pulumi.Output<string>;
  /** The address for people and webhooks, where one is set. */
  readonly url: pulumi.Output<string | undefined>;
  /** The password of the account `admin`, a secret; absent where that account is switched off. */
  readonly adminPassword: pulumi.Output<string | undefined>;
  /** What GitLab has to send with each webhook, a secret. */
  readonly webhookSecret: pulumi.Output<string>;
  /**
   * What must run for Applications to be synchronised and, when they go, finalised: depend on these, and all that
   * Argo CD consists of comes before you and goes after you.
   */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: ArgoCdArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const { settings, protect = false } = args;
    checkManifests(args.manifests, settings, `Pulumi.${pulumi.getStack()}.yaml`);
    super("factory:argocd:ArgoCd", name, { settings: shownInputs({ ...settings }), protect }, opts);
    const objects = [
      ...patchManifests(args.manifests, settings),
      ...applicationNamespaceRights(settings.applicationNamespaces, settings.namespace),
    ];
    const namespace = new Namespace(
      `${name}-namespace`,
      // All pods of the official manifests, of both variants, meet the strictest standard.
      { metadata: { name: settings.namespace, labels: podSecurityLabels("restricted") } },
      { parent: this, protect },
    );
    const declare = (object: KubernetesObject, options: pulumi.CustomResourceOptions): KubernetesResource =>
      new KubernetesResource(childName(name, object), object, {
        parent: this,
        // One deletion of the namespace instead of fifty within it.
        ...(!isClusterWide(object) && { deletedWith: namespace }),
        ...options,
      });
    // Deleting a CRD deletes all objects of its kind, in every project.
    const definitions = objects.filter(isDefinition).map((object) => declare(object, { protect }));
    const services = objects.filter(isService).map((object) => declare(withoutAwait(object), { dependsOn: namespace }));
    const configuration = objects
      .filter((object) => !isDefinition(object) && !isService(object) && !isWorkload(object))
      .map((object) => declare(object, { dependsOn: namespace }));
    const project = declare(defaultProject(settings.namespace), { dependsOn: [namespace, ...definitions] });

    const password = settings.admin.enabled ? this.#password(`${name}-admin-password`) : undefined;
    const webhookSecret = this.#password(`${name}-webhook-secret`);
    const patch = (role: string, secret: string, texts: Readonly<Record<string, pulumi.Input<string>>>): SecretPatch =>
      new SecretPatch(
        `${name}-${role}`,
        {
          metadata: {
            name: secret,
            namespace: settings.namespace,
            // Argo CD writes its own keys beside them.
            annotations: takingOver(FIELD_MANAGER),
          },
          data: secretData(texts),
        },
        { parent: this, dependsOn: configuration, deletedWith: namespace },
      );
    const keys = [
      patch("secret-keys", SHARED_SECRET, {
        ...(password && { [ADMIN_PASSWORD]: password.bcryptHash }),
        [GITLAB_WEBHOOK_SECRET]: webhookSecret.result,
        ...(settings.oidc && { [OIDC_CLIENT_SECRET]: pulumi.secret(settings.oidc.clientSecret.reveal()) }),
      }),
    ];
    const told = Object.entries(settings.notifications ? notificationSecrets(settings.notifications) : {});
    if (told.length > 0) {
      const texts = told.map(([key, secret]): [string, pulumi.Output<string>] => [key, pulumi.secret(secret.reveal())]);
      keys.push(patch("notifications-secret-keys", NOTIFICATIONS_SECRET, Object.fromEntries(texts)));
    }
    // argocd-server makes a password and an open default project when it starts without them.
    const workloads = objects
      .filter(isWorkload)
      .map((object) => declare(object, { dependsOn: [...definitions, ...configuration, ...keys, project] }));

    for (const monitor of serviceMonitors(objects, settings.metrics)) declare(monitor, { dependsOn: services });

    this.ready = [...services, ...workloads];
    this.namespace = namespace.metadata.name;
    this.version = pulumi.output(settings.manifests.version);
    this.url = pulumi.output(settings.url);
    this.adminPassword = password?.result ?? pulumi.output(undefined);
    this.webhookSecret = webhookSecret.result;
    this.registerOutputs({
      namespace: this.namespace,
      version: this.version,
      url: this.url,
      adminPassword: this.adminPassword,
      webhookSecret: this.webhookSecret,
    });
  }

  /** Letters and digits only, so that it can be pasted anywhere: 190 bits. */
  #password(name: string): RandomPassword {
    return new RandomPassword(name, { length: 32, special: false }, { parent: this });
  }
}

/** `argocd-configmap-argocd-cm`: kind and name tell the objects of one install apart. */
function childName(name: string, { kind, metadata }: KubernetesObject): string {
  return `${name}-${kind.toLowerCase()}-${metadata.name}`;
}

function isDefinition({ kind }: KubernetesObject): boolean {
  return kind === "CustomResourceDefinition";
}

function isService({ kind }: KubernetesObject): boolean {
  return kind === "Service";
}
