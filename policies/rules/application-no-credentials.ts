import { APPLICATION_PARTS, applicationsOf, statedSources } from "../application-specs";
import { credentialIn, credentialsInText, credentialsInTree } from "../credentials";
import { at, listAt, textAt } from "../read";
import { resourceRule } from "../rule";
import type { Finding } from "../rule";

export const applicationNoCredentials = resourceRule({
  name: "application-no-credentials",
  level: "mandatory",
  description: "An Application holds no credentials: neither in Helm's parameters and values, nor in a plugin's.",
  reason:
    "Whoever may read Applications reads them, Argo CD shows them, and they stand in clear in Pulumi's state and diffs.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/secret-management/",
  types: APPLICATION_PARTS,
  check: (subject) => [
    ...applicationsOf(subject)
      .flatMap(statedSources)
      .flatMap(({ path, source }) => [
        ...LISTS.flatMap((list) => namedValues(source, list, path)),
        ...TREES.flatMap((tree) => inTree(at(source, ...tree), `${path}.${tree.join(".")}`)),
        ...credentialsInText(textAt(source, "helm", "values") ?? "").map((what) =>
          finding(`${path}.helm.values`, what),
        ),
      ]),
    ...listAt(subject.inputs, "spec", "generators").flatMap((generator, index) =>
      inTree(generator, `spec.generators[${String(index)}]`),
    ),
  ],
});

/** What gives values names. */
const LISTS = [
  ["helm", "parameters"],
  ["plugin", "env"],
  ["plugin", "parameters"],
];

/** What is as its author likes; value files may be URLs. */
const TREES = [
  ["helm", "valuesObject"],
  ["helm", "valueFiles"],
  ["kustomize", "commonAnnotations"],
  ["kustomize", "patches"],
];

function inTree(value: unknown, path: string): Finding[] {
  return credentialsInTree(value, "").map((what) => finding(path, what));
}

/** The credentials in a list of names and values. */
function namedValues(source: unknown, list: readonly string[], path: string): Finding[] {
  return listAt(source, ...list).flatMap((one, index) => {
    const name = textAt(one, "name") ?? "";
    return ["value", "string"].flatMap((key) => {
      const found = credentialIn(name, textAt(one, key) ?? "");
      return found === undefined ? [] : [finding(`${path}.${list.join(".")}[${String(index)}].${key}`, found)];
    });
  });
}

function finding(path: string, what: string): Finding {
  return {
    path,
    fact: `${what} stands in clear in an Application`,
    fix: "let the workload read a Secret, name that Secret here, and revoke what stands here",
  };
}
