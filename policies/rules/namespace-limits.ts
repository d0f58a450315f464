import { LIMIT_RANGE } from "../kinds";
import { listAt } from "../read";
import { stackRule } from "../rule";
import { unguarded } from "../project-namespaces";

export const namespaceLimits = stackRule({
  name: "namespace-limits",
  level: "mandatory",
  description: "A project's namespace has a LimitRange.",
  reason: "Under a quota, a container that says nothing about its resources is refused: the defaults let it start.",
  source: "https://kubernetes.io/docs/concepts/policy/limit-range/",
  checkStack: (subjects) =>
    unguarded(subjects, ({ type, inputs }) => type === LIMIT_RANGE && listAt(inputs, "spec", "limits").length > 0, {
      fact: "no LimitRange gives containers their defaults",
      fix: "set containerDefaults in the catalogue, or projects.containerDefaults in the stack's config",
    }),
});
