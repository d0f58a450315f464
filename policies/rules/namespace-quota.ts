import { RESOURCE_QUOTA } from "../kinds";
import { at, listAt } from "../read";
import { stackRule } from "../rule";
import type { Subject } from "../rule";
import { guardSettings, unguarded } from "../project-namespaces";

export const namespaceQuota = stackRule({
  name: "namespace-quota",
  level: "mandatory",
  description: "A project's namespace has a ResourceQuota.",
  reason: "Otherwise one project's mistake takes the nodes from all others.",
  source: "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
  settings: guardSettings,
  checkStack: (subjects, { settings }) =>
    unguarded(subjects, isQuota, settings, {
      fact: "no ResourceQuota bounds the namespace",
      fix: "set quota in the catalogue, or projects.quota in the stack's config",
    }),
});

/** Whether it bounds all pods: one with scopes counts but those that are so. */
function isQuota({ type, inputs }: Subject): boolean {
  return (
    type === RESOURCE_QUOTA &&
    Object.keys(at(inputs, "spec", "hard") ?? {}).length > 0 &&
    listAt(inputs, "spec", "scopes").length === 0 &&
    at(inputs, "spec", "scopeSelector") === undefined
  );
}
