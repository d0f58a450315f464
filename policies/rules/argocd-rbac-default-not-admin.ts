import { CONFIG_MAPS, dataPath, settingOf } from "../config-map";
import { resourceRule } from "../rule";

export const argocdRbacDefaultNotAdmin = resourceRule({
  name: "argocd-rbac-default-not-admin",
  level: "mandatory",
  description: "Whoever logs in to Argo CD is not an administrator by that alone.",
  reason: "The default role is everybody's who can log in, on top of what groups give; it cannot be denied to anyone.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/#default-policy-for-authenticated-users",
  types: CONFIG_MAPS,
  check: (subject) => {
    const role = settingOf(subject, "argocd-rbac-cm", "policy.default");
    if (role === undefined || (role !== "role:admin" && !isAllMighty(subject, role))) return [];
    return [
      {
        path: dataPath("policy.default"),
        fact: "everybody who logs in has all rights",
        value: role,
        fix: "leave argocd.rbac.defaultRole out of the stack's config, or make it role:readonly",
      },
    ];
  },
});

/** Whether a policy allows the role everything: `p, role:x, *, *, *, allow`. */
function isAllMighty(subject: Parameters<typeof settingOf>[0], role: string): boolean {
  if (role === "") return false;
  const policies = settingOf(subject, "argocd-rbac-cm", "policy.csv") ?? "";
  return policies.split("\n").some((line) => {
    const [kind, who, resource, action, object, effect] = line.split(",").map((word) => word.trim());
    const isInherited = kind === "g" && who === role && resource === "role:admin";
    return (
      isInherited ||
      (kind === "p" && who === role && resource === "*" && action === "*" && object !== undefined && effect === "allow")
    );
  });
}
