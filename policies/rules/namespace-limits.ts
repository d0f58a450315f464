import { LIMIT_RANGE } from "../kinds";
import { listAt } from "../read";
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

function isLimit({ type, inputs }: Subject): boolean {
  return type === LIMIT_RANGE && listAt(inputs, "spec", "limits").length > 0;
}
