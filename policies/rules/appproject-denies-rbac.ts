import { APP_PROJECT } from "../kinds";
import { at, listAt, textAt } from "../read";
import { resourceRule } from "../rule";

const GROUP = "rbac.authorization.k8s.io";
const KINDS = ["Role", "RoleBinding"];

export const appProjectDeniesRbac = resourceRule({
  name: "appproject-denies-rbac",
  level: "advisory",
  description: "Projects deploy no Roles and no RoleBindings.",
  reason:
    "Who may do what in a namespace is then decided in the team's repository: a RoleBinding gives anybody what the " +
    "namespace has, its Secrets included.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#projects",
  types: [APP_PROJECT],
  check: ({ inputs }) => {
    if (listAt(inputs, "spec", "destinations").length === 0) return [];
    const open = KINDS.filter((kind) => !isDenied(inputs, kind));
    if (open.length === 0) return [];
    return [
      {
        path: "spec.namespaceResourceBlacklist",
        fact: "the project may give rights in its namespace to anybody",
        value: `${open.join(", ")} of ${GROUP} allowed`,
        fix: `add { group: ${GROUP}, kind: … } to projects.deniedKinds in the stack's config`,
      },
    ];
  },
});

function isDenied(inputs: unknown, kind: string): boolean {
  const has = (list: string) =>
    listAt(inputs, "spec", list).some(
      (one) => matches(textAt(one, "group"), GROUP) && matches(textAt(one, "kind"), kind),
    );
  const isWhitelisted =
    at(inputs, "spec", "namespaceResourceWhitelist") === undefined || has("namespaceResourceWhitelist");
  return has("namespaceResourceBlacklist") || !isWhitelisted;
}

function matches(pattern: string | undefined, value: string): boolean {
  return pattern === "*" || pattern === value;
}
