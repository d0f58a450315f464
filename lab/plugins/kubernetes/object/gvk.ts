/** Group, version and kind of an object; the core group's name is "". */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** The `apiVersion` of a group and version: `v1`, `apps/v1`. */
export function groupVersion({ group, version }: Pick<GroupVersionKind, "group" | "version">): string {
  return group === "" ? version : `${group}/${version}`;
}

/** Splits an object's `apiVersion` and `kind`. `core/v1` is another spelling of `v1`. */
export function parseGvk(apiVersion: string, kind: string): GroupVersionKind {
  const slash = apiVersion.indexOf("/");
  const group = slash === -1 ? "" : apiVersion.slice(0, slash);
  return { group: group === "core" ? "" : group, version: apiVersion.slice(slash + 1), kind };
}

/** What a Pulumi type token stands for. */
export interface ResourceType extends GroupVersionKind {
  /** A Patch resource owns single fields of an object that belongs to somebody else. */
  readonly patch: boolean;
}

/**
 * The kind that a token such as `kubernetes:apps/v1:Deployment` means. Custom resources have tokens of the same form.
 * A token whose name ends in `Patch` is a Patch resource, unless the object's own kind ends so.
 * Throws an Error on a token of another package or form.
 */
export function parseToken(token: string, kindOfInputs = ""): ResourceType {
  const [pkg, module = "", name = ""] = token.split(":");
  const [group, version, ...more] = module.split("/");
  if (pkg !== "kubernetes" || name === "") {
    throw new Error(`"${token}" is not a resource type of the kubernetes provider`);
  }
  if (group === undefined || version === undefined || version === "" || more.length > 0) {
    throw new Error(`resource type "${token}": "${module}" is not a group and a version`);
  }
  const patch = name.endsWith("Patch") && !kindOfInputs.endsWith("Patch");
  const kind = patch ? name.slice(0, -"Patch".length) : name;
  return { group: group === "core" ? "" : group, version, kind, patch };
}

/** The groups that Kubernetes itself serves; all others are defined by CRDs or extension servers. */
const builtInGroups = new Set(
  `admissionregistration.k8s.io apiextensions.k8s.io apiregistration.k8s.io apps authentication.k8s.io
   authorization.k8s.io autoscaling batch certificates.k8s.io coordination.k8s.io discovery.k8s.io events.k8s.io
   extensions flowcontrol.apiserver.k8s.io internal.apiserver.k8s.io networking.k8s.io node.k8s.io policy
   rbac.authorization.k8s.io resource.k8s.io scheduling.k8s.io storage.k8s.io storagemigration.k8s.io`.split(/\s+/),
);

/** Whether a group and version belong to Kubernetes itself. */
export function isBuiltIn(apiVersion: string): boolean {
  const { group } = parseGvk(apiVersion, "");
  return group === "" || builtInGroups.has(group);
}
