import { Role, RoleBinding } from "@pulumi/kubernetes/rbac/v1";
import type * as pulumi from "@pulumi/pulumi";

/** The account that Argo CD acts under on a cluster that is not its own. */
export interface Manager {
  readonly name: string;
  readonly namespace: string;
}

/** One account for each environment: two stacks on one cluster must not share their rights. */
export function managerOf(environment: string, namespace: string): Manager {
  return { name: `argocd-manager-${environment}`, namespace };
}

/** The name of the Role and of the RoleBinding in each of the projects' namespaces. */
export const MANAGER_ROLE = "argocd-manager";

/**
 * All that Argo CD does with objects, of any kind. `escalate`, `bind` and `impersonate`, which the verb `*` would hold
 * as well, are not among them: what a project deploys cannot give itself more than this.
 */
const VERBS = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

/**
 * Lets the manager act within one namespace. Argo CD watches every kind there is in it, and fails as a whole where one
 * is forbidden (`resource.respectRBAC` is off), so all kinds are named; a project's AppProject says which it may deploy.
 */
export function declareManagerAccess(
  name: string,
  manager: Manager,
  metadata: { readonly namespace: string; readonly labels: Record<string, string> },
  opts: pulumi.CustomResourceOptions,
): RoleBinding {
  const role = new Role(
    `${name}-manager-role`,
    {
      metadata: { ...metadata, name: MANAGER_ROLE },
      rules: [{ apiGroups: ["*"], resources: ["*"], verbs: VERBS }],
    },
    opts,
  );
  return new RoleBinding(
    `${name}-manager-binding`,
    {
      metadata: { ...metadata, name: MANAGER_ROLE },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: MANAGER_ROLE },
      subjects: [{ kind: "ServiceAccount", name: manager.name, namespace: manager.namespace }],
    },
    { ...opts, dependsOn: role },
  );
}
