import { CONFIG_MAPS, dataPath, settingOf } from "../config-map";
import { at } from "../read";
import { resourceRule } from "../rule";
import type { Subject } from "../rule";

export const argocdRbacDefaultNotAdmin = resourceRule({
  name: "argocd-rbac-default-not-admin",
  level: "mandatory",
  description: "Whoever logs in to Argo CD is not an administrator by that alone.",
  reason: "The default role is everybody's who can log in, on top of what groups give; it cannot be denied to anyone.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/#default-policy-for-authenticated-users",
  types: CONFIG_MAPS,
  check: (subject) => {
    const role = settingOf(subject, CONFIG_MAP_NAME, "policy.default") ?? "";
    const fact = role === "" ? undefined : powerOf(role, policiesOf(subject));
    if (fact === undefined) return [];
    return [
      {
        path: dataPath("policy.default"),
        fact,
        value: role,
        fix: "leave argocd.rbac.defaultRole out of the stack's config, or make it role:readonly",
      },
    ];
  },
});

const CONFIG_MAP_NAME = "argocd-rbac-cm";

type Line = readonly string[];

/** The lines of `policy.csv`, and of its overlays `policy.<name>.csv`, which Argo CD puts together. */
function policiesOf({ inputs }: Subject): readonly Line[] {
  return Object.entries(at(inputs, "data") ?? {})
    .filter(([key]) => /^policy\.(.+\.)?csv$/.test(key))
    .flatMap(([, text]) => String(text).split("\n"))
    .map((line) => line.split(",").map((word) => word.trim()));
}

/** What a role may do that not everybody should, by itself or by roles that it has. */
function powerOf(role: string, lines: readonly Line[]): string | undefined {
  const roles = rolesOf(role, lines);
  const allowed = lines.filter(
    ([kind, who = "", , , , effect]) => kind === "p" && roles.has(who) && effect === "allow",
  );
  if (roles.has("role:admin") || allowed.some(([, , resource, action]) => isAll(resource) && isAll(action))) {
    return "everybody who logs in has all rights";
  }
  return allowed.some(([, , , action, object]) => action !== "get" && isAll(object?.split("/")[0]))
    ? "everybody who logs in may change what is every project's"
    : undefined;
}

function rolesOf(role: string, lines: readonly Line[]): ReadonlySet<string> {
  const roles = new Set([role]);
  // A set that grows is gone through to its end.
  for (const one of roles) {
    for (const [kind, who, other = ""] of lines) {
      if (kind === "g" && who === one) roles.add(other);
    }
  }
  return roles;
}

/** As a glob, and as an expression, which `policy.matchMode: regex` makes of it. */
function isAll(pattern: string | undefined): boolean {
  return pattern === "*" || pattern === ".*";
}
