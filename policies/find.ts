import type { Rule, RuleContext, StackFinding, Subject } from "./rule";

/** What a rule finds among resources; for a rule about single resources, resource by resource in their order. */
export function findings(rule: Rule, subjects: readonly Subject[], context: RuleContext<object>): StackFinding[] {
  if ("checkStack" in rule) return [...rule.checkStack(subjects, context)];
  return subjects
    .filter(({ type }) => rule.types.includes(type))
    .flatMap((subject) => rule.check(subject, context).map((finding) => ({ urn: subject.urn, ...finding })));
}
