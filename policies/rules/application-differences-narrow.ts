import { z } from "zod";
import { APPLICATION_PARTS } from "../application-specs";
import { CONFIG_MAPS } from "../config-map";
import { ignoredDifferences } from "../ignored-differences";
import { listAt, nameOf } from "../read";
import { resourceRule } from "../rule";

export const applicationDifferencesNarrow = resourceRule({
  name: "application-differences-narrow",
  level: "mandatory",
  description: "Differences are ignored in single fields, never in an object's whole spec.",
  reason: "Argo CD then shows Synced whatever somebody changes by hand, and Git no longer says what runs.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/",
  settings: z.strictObject({
    except: z.array(z.string()).default([]).describe("Applications that may ignore more."),
    managers: z.array(z.string()).default([]).describe("Managers whose fields may all be ignored: `kubectl-rollout`."),
  }),
  types: [...APPLICATION_PARTS, ...CONFIG_MAPS],
  check: (subject, { settings }) =>
    (settings.except.includes(nameOf(subject.inputs) ?? "") ? [] : ignoredDifferences(subject)).flatMap(
      ({ path, kind, entry }) => [
        ...[
          ...wide(listAt(entry, "jsonPointers"), `${path}.jsonPointers`, isWholePointer),
          ...wide(listAt(entry, "jqPathExpressions"), `${path}.jqPathExpressions`, isWholeExpression),
        ].map((found) => ({
          ...found,
          fact: `differences in a whole ${kind} do not count`,
          fix: "name the fields that a controller writes: /spec/replicas",
        })),
        ...wide(
          listAt(entry, "managedFieldsManagers"),
          `${path}.managedFieldsManagers`,
          (manager) => BY_HAND.test(manager) && !settings.managers.includes(manager),
        ).map((found) => ({
          ...found,
          fact: "whatever somebody changes by kubectl, or Argo CD itself has applied, does not count",
          fix: "name the controller that writes: kube-controller-manager",
        })),
      ],
    ),
});

/** What people change objects by, and what Argo CD deploys them by. */
const BY_HAND = /^(kubectl\b|argocd-controller$)/;

/** What has everything below it that matters: the object, its spec, and the pods of a workload. */
const WHOLE = ["", "spec", "spec.template", "spec.template.spec"];

/** All containers at once; one that an expression picks is narrow. */
const CONTAINERS = "spec.template.spec.containers";

function wide(entries: readonly unknown[], place: string, isWide: (text: string) => boolean) {
  return entries.flatMap((value, index) =>
    typeof value === "string" && isWide(value)
      ? [{ path: `${place}[${String(index)}]`, value: value === "" ? '""' : value }]
      : [],
  );
}

/** `/spec/template` */
function isWholePointer(pointer: string): boolean {
  return [...WHOLE, CONTAINERS].includes(joined(pointer.split("/")));
}

/**
 * `.spec.template`, `.spec["template"]`, `.spec[]?`, `.spec | .template`, `(.spec, .x)`, `..`, also where a condition picks
 * objects: `.spec | select(…)`; what jq computes otherwise is left as it is.
 */
function isWholeExpression(expression: string): boolean {
  const steps = expression.split("|").map((step) => step.trim());
  const path = steps.filter((step) => !/^select\(.*\)$/.test(step));
  const whole = path.length < steps.length ? WHOLE : [...WHOLE, CONTAINERS];
  return path
    .join("")
    .replaceAll(/\s|\[\]|[?()]/g, "")
    .replaceAll(/\.?\["([\w-]+)"\]|\."([\w-]+)"/g, ".$1$2")
    .split(/,|\/\//)
    .some((one) => whole.includes(joined(one.split("."))));
}

function joined(steps: readonly string[]): string {
  return steps.filter((step) => step !== "").join(".");
}
