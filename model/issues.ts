import type { z } from "zod";
import type { Finding, Path, Report } from "./report";
import { HIDDEN_VALUE } from "./shown-url";
import { suggestionOr } from "./suggest";

type Issue = z.core.$ZodIssue;

/**
 * Turns the issues of a schema into problems: the fact, the value found, what is allowed and what to do.
 * @param root the value that was checked, to show what stands at an issue's path
 * @param isSecret whether a path may hold a secret, whose value is never shown
 */
export function reportIssues(
  issues: readonly Issue[],
  root: unknown,
  report: Report,
  isSecret: (path: Path) => boolean = () => false,
): void {
  for (const issue of issues.flatMap(flatten)) {
    const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
    if (issue.code === "unrecognized_keys") {
      // The strict objects of model/schema/strict.ts give their keys as the message.
      const known = issue.message.split(" ");
      for (const key of issue.keys) {
        report.error([...path, key], {
          message: `unknown key "${key}"`,
          allowed: known.join(", "),
          fix: suggestionOr(key, known, "remove it"),
        });
      }
      continue;
    }
    const found = valueAt(root, path);
    const value = isSecret(path) || path.some((step) => SECRET_KEYS.includes(step)) ? undefined : describe(found);
    report.error(path, { ...(value !== undefined && { value }), ...finding(issue, found) });
  }
}

/** Unions: of the alternatives that accept the value's type, the one with the fewest issues speaks. */
function flatten(issue: Issue): readonly Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const [near] = issue.errors
    .filter((issues) => !issues.some(({ code, path }) => code === "invalid_type" && path.length === 0))
    .sort((one, other) => one.length - other.length);
  if (near === undefined) return [issue];
  return near.flatMap((inner) => flatten({ ...inner, path: [...issue.path, ...inner.path] }));
}

function finding(issue: Issue, found: unknown): Finding {
  switch (issue.code) {
    case "custom":
      return issue.params === undefined
        ? { message: issue.message, fix: "correct it" }
        : ({ message: issue.message, ...issue.params } as Finding);
    case "invalid_type":
      return wrongType([issue.expected], found);
    case "invalid_union":
      return issue.errors.length === 0 ? noSuchKind(issue, found) : wrongType(expectedTypes(issue), found);
    case "invalid_value":
      return noSuchValue(issue.values.map(String), found);
    case "too_small":
      return {
        message: issue.origin === "array" ? "the list is empty" : "the value is too small",
        allowed: `at least ${String(issue.minimum)}`,
        fix: issue.origin === "array" ? "add an entry, or remove the key" : "raise it",
      };
    case "too_big":
      return { message: "the value is too large", allowed: `at most ${String(issue.maximum)}`, fix: "lower it" };
    case "invalid_key":
      return keyFinding(issue);
    case "invalid_element":
    case "invalid_format":
    case "not_multiple_of":
    case "unrecognized_keys":
      return { message: issue.message, fix: "correct it" };
  }
}

function keyFinding(issue: Extract<Issue, { code: "invalid_key" }>): Finding {
  const [inner] = issue.issues;
  const key = String(issue.path.at(-1) ?? "");
  return inner === undefined
    ? { message: "the key is not allowed", fix: "rename it" }
    : { ...finding(inner, key), value: key };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "a map",
  record: "a map",
  string: "text",
};

function typeName(type: string): string {
  return TYPE_NAMES[type] ?? type;
}

function expectedTypes(issue: Extract<Issue, { code: "invalid_union" }>): string[] {
  return issue.errors.flatMap((issues) =>
    issues.flatMap((inner) => (inner.code === "invalid_type" ? [inner.expected] : [])),
  );
}

function wrongType(expected: readonly string[], found: unknown): Finding {
  const allowed = [...new Set(expected.map(typeName))].join(" or ");
  if (found === undefined) return { message: "a required value is missing", allowed, fix: "add it" };
  if (found === null) return { message: "the key has no value", allowed, fix: "add the value, or remove the key" };
  const quotable = expected.includes("string") && typeof found !== "object";
  return {
    message: "the value has the wrong type",
    allowed,
    fix: quotable ? "put it in quotes" : `write ${allowed} here`,
  };
}

function noSuchValue(allowed: readonly string[], found: unknown): Finding {
  if (found === undefined)
    return { message: "a required value is missing", allowed: allowed.join(", "), fix: "add it" };
  const word = typeof found === "string" ? found : "";
  return {
    message: "the value is not one of those known",
    allowed: allowed.join(", "),
    fix: suggestionOr(word, allowed, "choose one of them"),
  };
}

function noSuchKind(issue: Extract<Issue, { code: "invalid_union" }>, found: unknown): Finding {
  const options = "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
  return noSuchValue(options, found);
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** Keys that name a secret, and into which people have written the secret itself. */
const SECRET_KEYS: Path = ["credentials", "kubeconfig", "clientSecret", "password", "privateKey", "secret", "token"];

/** The value as one short line: lists and maps are only named, and so is text that may hold a secret. */
function describe(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (/\/\/[^/]*@/.test(text)) return HIDDEN_VALUE;
  const line = text.trimEnd();
  if (line.includes("\n")) return "a text of several lines";
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
