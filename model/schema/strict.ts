import { z } from "zod";
import type { Finding } from "../report";

/** An object that refuses unknown keys and, for `model/issues.ts`, gives the known ones as the issue's message. */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? Object.keys(shape).join(" ") : undefined),
  });
}

/**
 * Text that a rule judges. The rule's finding becomes the problem, word for word.
 * @param pattern the same rule for editors, as far as a regular expression can say it
 */
export function text(rule: (value: string) => Finding | undefined, pattern?: RegExp) {
  const schema = z.string().check(judge(rule));
  return pattern === undefined ? schema : schema.meta({ pattern: pattern.source });
}

/** Makes a rule a zod check. */
export function judge<Value>(rule: (value: Value) => Finding | undefined): z.core.CheckFn<Value> {
  return (context) => {
    const finding = rule(context.value);
    if (finding === undefined) return;
    const { message, ...params } = finding;
    context.issues.push({ code: "custom", input: context.value, message, params });
  };
}

/** A number of things: a whole number within bounds. */
export function count(minimum: number, maximum: number) {
  return z.int().min(minimum).max(maximum);
}

/** A list of what must not stand in it twice. */
export function distinct<Item extends z.ZodType<string>>(item: Item) {
  return z.array(item).check(
    judge((values: string[]) => {
      const twice = values.find((value, index) => values.indexOf(value) !== index);
      return twice === undefined
        ? undefined
        : { message: `the list names "${twice}" twice`, value: twice, fix: "remove one of the two" };
    }),
  );
}
