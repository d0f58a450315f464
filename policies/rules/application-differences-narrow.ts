import { applicationOf, APPLICATIONS } from "../application-specs";
import { listAt, textAt } from "../read";
import { resourceRule } from "../rule";

export const applicationDifferencesNarrow = resourceRule({
  name: "application-differences-narrow",
  level: "mandatory",
  description: "An Application ignores single fields, never an object's whole spec.",
  reason: "Argo CD then shows Synced whatever somebody changes by hand, and Git no longer says what runs.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/",
  types: APPLICATIONS,
  check: (subject) => {
    const { path, body } = applicationOf(subject);
    return listAt(body, "spec", "ignoreDifferences").flatMap((entry, index) => {
      const place = `${path}spec.ignoreDifferences[${String(index)}]`;
      return [
        ...wide(listAt(entry, "jsonPointers"), `${place}.jsonPointers`, pointerSteps),
        ...wide(listAt(entry, "jqPathExpressions"), `${place}.jqPathExpressions`, jqSteps),
      ].map(({ at, value }) => ({
        path: at,
        fact: `differences in a whole ${textAt(entry, "kind") ?? "object"} do not count`,
        value,
        fix: "name the fields that a controller writes: /spec/replicas",
      }));
    });
  },
});

/** What has everything below it that matters: the object, its spec, and the pods of a workload. */
const WHOLE = ["", "spec", "spec.template", "spec.template.spec"];

function wide(entries: readonly unknown[], place: string, steps: (text: string) => readonly string[]) {
  return entries.flatMap((value, index) =>
    typeof value === "string" && WHOLE.includes(steps(value).join("."))
      ? [{ at: `${place}[${String(index)}]`, value: value === "" ? '""' : value }]
      : [],
  );
}

/** `/spec/template` */
function pointerSteps(pointer: string): string[] {
  return pointer.split("/").filter((step) => step !== "");
}

/** `.spec.template`, `.spec["template"]`, `.spec[]?`, `..`; what jq computes is left as it is. */
function jqSteps(expression: string): string[] {
  const plain = expression.replaceAll(/\s|\[\]|\?/g, "").replaceAll(/\["?([\w-]+)"?\]/g, ".$1");
  return plain.split(".").filter((step) => step !== "");
}
