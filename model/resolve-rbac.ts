import type { RbacSettings } from "./argocd-settings";
import { policyParts, unknownRole } from "./rbac-policy";
import type { Finding, Report } from "./report";
import type { ArgoCdInput } from "./schema/argocd";

/** Who may do what. Each line is good by itself; what is looked at here is whether their roles exist. */
export function resolveRbac(input: ArgoCdInput["rbac"], report: Report): RbacSettings {
  const { defaultRole = "", adminGroups = [], policies = [], scopes = ["groups"] } = input ?? {};
  const fault = defaultRole === "" ? undefined : (notARole(defaultRole) ?? unknownRole(defaultRole, policies));
  if (fault !== undefined) report.error(["argocd", "rbac", "defaultRole"], fault);
  if (defaultRole === "role:admin") {
    report.warning(["argocd", "rbac", "defaultRole"], {
      message: "everybody who logs in administers Argo CD, and with it every cluster that it knows",
      fix: "write role:readonly or nothing, and name administrators in argocd.rbac.adminGroups",
    });
  }
  policies.forEach((line, index) => {
    const [kind, , role] = policyParts(line);
    const finding = kind === "g" ? unknownRole(role ?? "", policies) : undefined;
    if (finding !== undefined) report.error(["argocd", "rbac", "policies", index], finding);
  });
  return { defaultRole, adminGroups, policies, scopes };
}

function notARole(role: string): Finding | undefined {
  if (role.startsWith("role:")) return undefined;
  return {
    message: "the value is not a role",
    value: role,
    allowed: "role:readonly, role:…",
    fix: `write role:${role}`,
  };
}
