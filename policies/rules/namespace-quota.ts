import { RESOURCE_QUOTA } from "../kinds";
import { at } from "../read";
import { stackRule } from "../rule";
import { guardSettings, unguarded } from "../project-namespaces";

export const namespaceQuota = stackRule({
  name: "namespace-quota",
  level: "mandatory",
  description: "A project's namespace has a ResourceQuota.",
  reason: "Otherwise one project's mistake takes the nodes from all others.",
  source: "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
  settings: guardSettings,
  checkStack: (subjects, { settings }) =>
    unguarded(
      subjects,
      ({ type, inputs }) => type === RESOURCE_QUOTA && Object.keys(at(inputs, "spec", "hard") ?? {}).length > 0,
      settings,
      {
        fact: "no ResourceQuota bounds the namespace",
        fix: "set quota in the catalogue, or projects.quota in the stack's config",
      },
    ),
});
