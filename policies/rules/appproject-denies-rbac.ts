import { z } from "zod";
import { APP_PROJECT } from "../kinds";
import { at, listAt, nameOf, textAt } from "../read";
import { resourceRule } from "../rule";
import { matchesGlob } from "../wildcards";

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
  settings: z.strictObject({
    except: z.array(z.string()).default([]).describe("AppProjects whose repositories may say who has which rights."),
  }),
  types: [APP_PROJECT],
  check: ({ inputs }, { settings: { except } }) => {
    if (listAt(inputs, "spec", "destinations").length === 0 || except.includes(nameOf(inputs) ?? "")) return [];
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
      (one) => matchesGlob(textAt(one, "group") ?? "", GROUP) && matchesGlob(textAt(one, "kind") ?? "", kind),
    );
  const isWhitelisted =
    at(inputs, "spec", "namespaceResourceWhitelist") === undefined || has("namespaceResourceWhitelist");
  return has("namespaceResourceBlacklist") || !isWhitelisted;
}
