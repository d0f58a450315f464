/**
 * What Argo CD's `AppProject.ValidateProject` demands of roles. Its API server alone asks it: an object that comes by
 * Kubernetes, from Pulumi or kubectl, is admitted, and then nobody can change the AppProject in Argo CD any more.
 * https://github.com/argoproj/argo-cd/blob/v3.2.12/pkg/apis/application/v1alpha1/types.go (validatePolicy)
 */

export const ROLE_NAME = /^[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?$/;

/** Resources of which a project has its own (util/rbac, ProjectScoped). */
export const ROLE_RESOURCES = ["applications", "applicationsets", "logs", "exec", "clusters", "repositories"];

const ACTIONS = ["get", "create", "update", "delete", "sync", "override", "*"];

/** One thing that is wrong with a policy: the fact, and what to write. */
export interface PolicyFault {
  readonly fact: string;
  readonly fix: string;
}

/** What is wrong with a policy of a role; undefined when Argo CD takes it. */
export function policyFault(project: string, role: string, policy: string): PolicyFault | undefined {
  const parts = policy.split(",").map((part) => part.replace(/^ +| +$/g, ""));
  const [type, subject = "", resource = "", action = "", object = "", effect = ""] = parts;
  const own = `proj:${project}:${role}`;
  if (parts.length !== 6 || type !== "p") {
    return {
      fact: "the policy has not the form of one",
      fix: `write p, ${own}, applications, get, ${project}/*, allow`,
    };
  }
  if (subject !== own)
    return { fact: "the policy is about somebody else than the role", fix: `write ${own} as subject` };
  if (!ROLE_RESOURCES.includes(resource)) {
    return {
      fact: `the policy is about ${resource}, of which a project has none of its own`,
      fix: `write one of ${ROLE_RESOURCES.join(", ")}; the rest is the platform's, in argocd.rbac of the stack's config`,
    };
  }
  if (!isAction(action)) {
    return { fact: `there is no action ${action}`, fix: `write one of ${ACTIONS.join(", ")}, action/…` };
  }
  if (!isObject(project, object)) {
    return { fact: "the policy reaches beyond the project", fix: `write ${project}/* as object, or ${project}/NAME` };
  }
  if (effect !== "allow" && effect !== "deny")
    return { fact: `there is no effect ${effect}`, fix: "write allow or deny" };
  return undefined;
}

function isAction(action: string): boolean {
  return ACTIONS.includes(action) || /(action|update|delete)\/.*/.test(action);
}

/** `<project>/<name>` or `<project>/<namespace>/<name>`, each with `*` where it likes. */
function isObject(project: string, object: string): boolean {
  if (!object.startsWith(`${project}/`)) return false;
  return /^([*\w\-.]+\/)?[*\w\-.]+$/.test(object.slice(project.length + 1));
}

/** What is wrong with the name of a group; undefined when Argo CD takes it. */
export function groupFault(group: string): PolicyFault | undefined {
  const trimmed = group.trim();
  const isQuoted = trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"');
  const inner = isQuoted ? trimmed.slice(1, -1) : trimmed;
  if (inner === "") return { fact: "the role names an empty group", fix: "take the entry out" };
  if (!isQuoted && inner.includes(",")) {
    return { fact: "a group with a comma is read as several", fix: "put the group's name into double quotes" };
  }
  if (/["\n\r\t]/.test(inner) || trimmed !== group) {
    return {
      fact: "the group's name holds what Argo CD refuses",
      fix: "write it without quotes, tabs and spaces around",
    };
  }
  return undefined;
}
