import { expect, it } from "vitest";
import { findings } from "../../../policies/find";
import { rules } from "../../../policies/index";
import type { Rule, Subject } from "../../../policies/rule";
import { exampleContext } from "./support/example-context";
import { platform } from "./support/platform";

/** How often a rule looks at a resource, where the example platform stands there so many times. */
function looks(rule: Rule, times: number): number {
  let count = 0;
  const counted = (one: Subject) =>
    new Proxy(one, {
      get: (target, key) => {
        count += 1;
        return target[key as keyof Subject];
      },
    });
  const subjects = Array.from({ length: times }, () => platform("prod").map(counted)).flat();
  findings(rule, subjects, exampleContext(rule, "prod").context);
  return count;
}

it.each(rules.map((rule) => [rule.name, rule] as const))(
  "%s looks at four times as much four times as often",
  (_, rule) => {
    expect(looks(rule, 4)).toBeLessThanOrEqual(looks(rule, 1) * 4);
  },
);
