import type { ArgoCdSettings } from "../../model/argocd-settings";
import { UserError } from "../../model/problem";
import type { Problem } from "../../model/problem";
import type { KubernetesObject } from "../../manifests/kubernetes-object";
import { CONFIG_DATA } from "./config-data";
import { NOTIFICATIONS_CONFIG, NOTIFICATIONS_SECRET } from "./notifications";
import { GIT_CLIENTS } from "./patch-host-aliases";
import { containersOf, isWorkload } from "./workload";

/** What the patches and the rest of the platform rely on, as `Kind name`. */
const NEEDED = [
  "CustomResourceDefinition applications.argoproj.io",
  "CustomResourceDefinition appprojects.argoproj.io",
  "Secret argocd-secret",
  ...Object.keys(CONFIG_DATA).map((name) => `ConfigMap ${name}`),
  ...GIT_CLIENTS.map((name) => `Deployment ${name}`),
];

/** What a core install lacks: it has no notifications controller. */
const NEEDED_TO_NOTIFY = [`ConfigMap ${NOTIFICATIONS_CONFIG}`, `Secret ${NOTIFICATIONS_SECRET}`];

/**
 * Makes sure that the manifests are an install of Argo CD and that the settings fit them.
 * @param file the stack's config, for what is wrong in it: `Pulumi.dev.yaml`
 * @throws UserError with all problems
 */
export function checkManifests(objects: readonly KubernetesObject[], settings: ArgoCdSettings, file: string): void {
  const problems = [
    ...absentObjects(objects, settings),
    ...otherVersion(objects, settings, file),
    ...unknownWorkloads(objects, settings, file),
  ];
  if (problems.length > 0) throw new UserError(problems);
}

function absentObjects(objects: readonly KubernetesObject[], { manifests, notifications }: ArgoCdSettings): Problem[] {
  const held = new Set(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
  const needed = notifications === undefined ? NEEDED : [...NEEDED, ...NEEDED_TO_NOTIFY];
  const absent = needed.filter((name) => !held.has(name));
  if (absent.length === 0) return [];
  return [
    {
      severity: "error",
      file: manifests.location,
      path: "",
      message: `the file is not an install of Argo CD: it lacks ${absent.join(", ")}`,
      allowed: "the install.yaml or ha/install.yaml of a release of Argo CD",
      fix: "correct gitops-factory:argocd.manifests: location and sha256",
    },
  ];
}

/** What the file installs is told by its images; where they have a digest alone or a tag without a version, nothing is. */
function otherVersion(objects: readonly KubernetesObject[], { manifests }: ArgoCdSettings, file: string): Problem[] {
  const { location, version } = manifests;
  const images = objects.filter(isWorkload).flatMap(({ spec }) => containersOf(spec.template.spec));
  const installed = images.flatMap(({ image }) => /(?:^|\/)argocd:(v\d+\.\d+\.\d+)/.exec(image)?.[1] ?? []);
  const [other] = installed.filter((found) => version !== found && !version.startsWith(`${found}-`));
  if (other === undefined) return [];
  return [
    {
      severity: "error",
      file,
      path: "argocd.manifests.version",
      value: version,
      message: `${location} installs Argo CD ${other}`,
      fix: `set gitops-factory:argocd.manifests.version to ${other}, or location and sha256 to the file of ${version}`,
    },
  ];
}

function unknownWorkloads(objects: readonly KubernetesObject[], settings: ArgoCdSettings, file: string): Problem[] {
  const known = objects.filter(isWorkload).map(({ metadata }) => metadata.name);
  return Object.keys(settings.workloads)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      severity: "error",
      file,
      path: `argocd.workloads.${name}`,
      value: name,
      message: `Argo CD ${settings.manifests.version} (${settings.manifests.variant}) has no workload of this name`,
      allowed: known.join(", "),
      fix: "name one of these, or remove the entry",
    }));
}
