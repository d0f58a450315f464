import { credentialIn, credentialsInText, credentialsInTree } from "../credentials";
import { APPLICATION, APPLICATION_SET } from "../kinds";
import { at, listAt, textAt } from "../read";
import { statedSources } from "../repository-urls";
import { resourceRule } from "../rule";
import type { Finding } from "../rule";

const SPECS: Readonly<Record<string, string>> = { [APPLICATION]: "spec", [APPLICATION_SET]: "spec.template.spec" };

export const applicationNoCredentials = resourceRule({
  name: "application-no-credentials",
  level: "mandatory",
  description: "An Application holds no credentials: neither in Helm's parameters and values, nor in a plugin's.",
  reason:
    "Whoever may read Applications reads them, Argo CD shows them, and they stand in clear in Pulumi's state and diffs.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/secret-management/",
  types: [APPLICATION, APPLICATION_SET],
  check: ({ type, inputs }) => {
    const specPath = SPECS[type] ?? "spec";
    return statedSources(at(inputs, ...specPath.split(".")), specPath).flatMap(({ path, source }) => [
      ...namedValues(source, ["helm", "parameters"], path),
      ...namedValues(source, ["plugin", "env"], path),
      ...credentialsInText(textAt(source, "helm", "values") ?? "").map((what) => finding(`${path}.helm.values`, what)),
      ...credentialsInTree(at(source, "helm", "valuesObject"), "").map((what) =>
        finding(`${path}.helm.valuesObject`, what),
      ),
    ]);
  },
});

/** The credentials in a list of names and values. */
function namedValues(source: unknown, list: readonly string[], path: string): Finding[] {
  return listAt(source, ...list).flatMap((one, index) => {
    const found = credentialIn(textAt(one, "name") ?? "", textAt(one, "value") ?? "");
    return found === undefined ? [] : [finding(`${path}.${list.join(".")}[${String(index)}].value`, found)];
  });
}

function finding(path: string, what: string): Finding {
  return {
    path,
    fact: `${what} stands in clear in an Application`,
    fix: "let the workload read a Secret, name that Secret here, and revoke what stands here",
  };
}
