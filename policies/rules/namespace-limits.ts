import { LIMIT_RANGE } from "../kinds";
import { at, listAt, textAt } from "../read";
import { stackRule } from "../rule";
import type { Subject } from "../rule";
import { guardSettings, unguarded } from "../project-namespaces";

export const namespaceLimits = stackRule({
  name: "namespace-limits",
  level: "mandatory",
  description: "A project's namespace has a LimitRange.",
  reason: "Under a quota, a container that says nothing about its resources is refused: the defaults let it start.",
  source: "https://kubernetes.io/docs/concepts/policy/limit-range/",
  settings: guardSettings,
  checkStack: (subjects, { settings }) =>
    unguarded(subjects, isLimit, settings, {
      fact: "no LimitRange gives containers their defaults",
      fix: "set containerDefaults in the catalogue, or projects.containerDefaults in the stack's config",
    }),
});

/** Whether containers get something from it: bounds alone, or those of volumes, let none start that names nothing. */
function isLimit({ type, inputs }: Subject): boolean {
  return (
    type === LIMIT_RANGE &&
    listAt(inputs, "spec", "limits").some(
      (limit) =>
        textAt(limit, "type") === "Container" && ["default", "defaultRequest"].some((key) => isFilled(at(limit, key))),
    )
  );
}

function isFilled(value: unknown): boolean {
  return Object.keys(value ?? {}).length > 0;
}
