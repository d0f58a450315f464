import * as pulumi from "@pulumi/pulumi";
import { getVersion } from "@pulumi/kubernetes/utilities";
import type { KubernetesObject } from "../manifests/kubernetes-object";

/** What a Secret holds is a secret in the state too, whoever wrote it. */
const SECRET_FIELDS = ["data", "stringData"];

/**
 * An object of any kind, under the very type that the Kubernetes SDK's typed class for its kind has, so that the two
 * can take each other's place without a replacement. `apiextensions.CustomResource` differs for the core group.
 */
export class KubernetesResource extends pulumi.CustomResource {
  constructor(name: string, object: KubernetesObject, opts: pulumi.CustomResourceOptions) {
    super(
      resourceType(object),
      name,
      { ...object },
      pulumi.mergeOptions(
        { version: getVersion(), ...(object.kind === "Secret" && { additionalSecretOutputs: SECRET_FIELDS }) },
        opts,
      ),
    );
  }
}

/** The Pulumi type of an object: `kubernetes:core/v1:ConfigMap`, `kubernetes:apps/v1:Deployment`. */
export function resourceType({ apiVersion, kind }: Pick<KubernetesObject, "apiVersion" | "kind">): string {
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}
