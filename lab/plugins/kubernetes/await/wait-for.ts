import { type PropertyValue, isPropertyMap } from "../../rpc";
import { annotations } from "../object/annotations";
import { type KubeObject, annotationOf } from "../object/object";
import { condition } from "./pod-problems";
import { type ReadinessRule, ready, waiting } from "./verdict";

/**
 * The rule that a program wrote itself in the annotation `pulumi.com/waitFor`: one expression or a JSON list of them,
 * each `condition=Type[=Status]` or `jsonpath={.path}[=value]`. `undefined` without annotation.
 * Throws an Error on an expression of another form.
 */
export function userRule(object: KubeObject): ReadinessRule | undefined {
  const text = annotationOf(object, annotations.waitFor);
  if (text === "") return undefined;
  const expressions = listOf(text).map((expression) => ({ expression, holds: parseExpression(expression) }));
  return {
    related: [],
    judge(seen) {
      const open = expressions.filter(({ holds }) => !holds(seen)).map(({ expression }) => expression);
      return open.length === 0 ? ready : waiting(`waiting for ${open.join(", ")}`);
    },
  };
}

function listOf(text: string): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed) && parsed.every((item) => typeof item === "string")) return parsed;
  } catch {
    // A single expression is no JSON.
  }
  return [text];
}

function parseExpression(expression: string): (object: KubeObject) => boolean {
  const byCondition = /^condition=([^=]+)(?:=(.+))?$/.exec(expression);
  if (byCondition !== null) {
    const [, type = "", wanted = "True"] = byCondition;
    return (object) => String(condition(object, type)?.["status"]).toLowerCase() === wanted.toLowerCase();
  }
  const byPath = /^jsonpath=\{?(\.[^{}=]*)\}?(?:=(.+))?$/.exec(expression);
  if (byPath === null) {
    throw new Error(
      `annotation ${annotations.waitFor}: "${expression}" must be "condition=Type[=Status]" or "jsonpath={.path}[=value]"`,
    );
  }
  const [, path = "", wanted] = byPath;
  const steps = parseSteps(path);
  return (object) => {
    const found = select(object, steps);
    return wanted === undefined ? found.length > 0 : found.some((value) => asText(value) === wanted);
  };
}

function parseSteps(path: string): readonly string[] {
  const steps = path.matchAll(/\.((?:\\.|[^.[\\])+)|\[(?:'([^']*)'|"([^"]*)"|(\*|-?\d+))\]/g);
  return [...steps].map(
    ([, key, single, double, index]) => key?.replaceAll("\\", "") ?? single ?? double ?? index ?? "",
  );
}

function select(value: PropertyValue, [step, ...rest]: readonly string[]): readonly PropertyValue[] {
  if (step === undefined) return [value];
  if (Array.isArray(value)) {
    const items = step === "*" ? value : [value.at(Number(step))];
    return items.flatMap((item) => (item === undefined ? [] : select(item, rest)));
  }
  if (!isPropertyMap(value)) return [];
  if (step === "*") return Object.values(value).flatMap((item) => select(item, rest));
  return Object.hasOwn(value, step) ? select(value[step] ?? null, rest) : [];
}

function asText(value: PropertyValue): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
