import { APP_PROJECTS } from "../kinds";
import { groupFault, policyFault, ROLE_NAME } from "../project-role";
import type { PolicyFault } from "../project-role";
import { listAt, nameOf, textAt } from "../read";
import { resourceRule } from "../rule";
import type { Finding } from "../rule";

export const appProjectRolePolicies = resourceRule({
  name: "appproject-role-policies",
  level: "mandatory",
  description: "The roles of an AppProject have rights within the project alone, and are valid by Argo CD's own rules.",
  reason:
    "Kubernetes admits any text. A policy that Argo CD does not take gives no right, or one beyond the project, and the " +
    "AppProject can then no longer be changed in Argo CD.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#project-roles",
  types: APP_PROJECTS,
  check: ({ inputs }) => {
    const project = nameOf(inputs) ?? "";
    const roles = listAt(inputs, "spec", "roles");
    const names = roles.map((role) => textAt(role, "name") ?? "");
    return roles.flatMap((role, index) => {
      const place = `spec.roles[${String(index)}]`;
      const name = names[index] ?? "";
      return [
        ...found(`${place}.name`, name, nameFault(name, names.slice(0, index))),
        ...ofList(role, "policies", place, (policy) => policyFault(project, name, policy)),
        ...ofList(role, "groups", place, groupFault),
      ];
    });
  },
});

function nameFault(name: string, before: readonly string[]): PolicyFault | undefined {
  if (before.includes(name)) return { fact: "two roles have the same name", fix: "rename one, or put them together" };
  if (ROLE_NAME.test(name)) return undefined;
  return {
    fact: "this is no name of a role",
    fix: "write letters, digits, - and _, with a letter or digit at both ends",
  };
}

/** What is wrong with the texts of a list, each of which may stand there once. */
function ofList(
  role: unknown,
  key: "policies" | "groups",
  place: string,
  judge: (text: string) => PolicyFault | undefined,
): Finding[] {
  const texts = listAt(role, key).map(String);
  return texts.flatMap((text, index) => {
    const isAgain = texts.indexOf(text) < index;
    const fault = isAgain ? { fact: "the role says the same twice", fix: "take one of the two out" } : judge(text);
    return found(`${place}.${key}[${String(index)}]`, text, fault);
  });
}

function found(path: string, value: string, fault: PolicyFault | undefined): Finding[] {
  return fault === undefined ? [] : [{ path, value: value === "" ? '""' : value, ...fault }];
}
