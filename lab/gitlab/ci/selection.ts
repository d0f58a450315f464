import type { Source, When } from "./records";

/** What the tool evaluates: true when all of its parts hold. Parts as in a rule of the CI file. */
export interface Condition {
  readonly if?: string;
  readonly changes?: unknown;
  readonly exists?: unknown;
}

/** How a job is let into a pipeline. */
export interface Selected {
  readonly when: When;
  readonly allow_failure: boolean | readonly number[] | undefined;
  readonly variables: Readonly<Record<string, string>>;
  /** Replaces the job's own. */
  readonly needs: unknown;
}

/** A decision that waits for what its conditions come to, in their order. */
export interface Selection {
  readonly conditions: readonly Condition[];
  /** Absent when the job is not let in. */
  decide(results: readonly boolean[]): Selected | undefined;
}

/** Of which kind a pipeline is, as `only` and `except` ask. */
export interface RefKind {
  readonly ref: string;
  readonly tag: boolean;
  readonly source: Source;
}

type Data = Readonly<Record<string, unknown>>;

/** How a job of the expanded CI file is chosen: by `rules`, else by `only` and `except`. */
export function selectionOf(job: Data, kind: RefKind): Selection {
  return Array.isArray(job["rules"])
    ? byRules(job["rules"] as unknown[], whenOf(job["when"]))
    : byOnlyExcept(job, kind);
}

/** The first rule that holds decides; without one the job is left out. */
export function byRules(rules: readonly unknown[], usually: When | "never" = "on_success"): Selection {
  const all = rules.filter((rule): rule is Data => typeof rule === "object" && rule !== null);
  return {
    conditions: all.map(conditionOf),
    decide(results) {
      const rule = all.find((_, index) => results[index]);
      if (rule === undefined) return undefined;
      const when = rule["when"] === undefined ? usually : whenOf(rule["when"]);
      if (when === "never") return undefined;
      const { variables, needs } = rule;
      return { when, allow_failure: allowFailure(rule["allow_failure"]), variables: textValues(variables), needs };
    },
  };
}

function conditionOf({ if: test, changes, exists }: Data): Condition {
  return {
    ...(typeof test === "string" && { if: test }),
    ...(changes !== undefined && { changes }),
    ...(exists !== undefined && { exists }),
  };
}

interface Filter {
  readonly refs: readonly string[] | undefined;
  readonly variables: readonly Condition[];
  readonly changes: readonly Condition[];
}

/** https://docs.gitlab.com/ci/yaml/deprecated_keywords/#only--except: all parts of `only`, any part of `except`. */
function byOnlyExcept(job: Data, kind: RefKind): Selection {
  const only = filterOf(job["only"] ?? { refs: ["branches", "tags"] });
  const except = filterOf(job["except"] ?? {});
  const parts = [only.variables, only.changes, except.variables, except.changes] as const;
  return {
    conditions: parts.flat(),
    decide(results) {
      let next = 0;
      const groups = parts.map((part) => {
        const values = results.slice(next, next + part.length);
        next += part.length;
        return values;
      });
      const [byVariables = [], byChanges = [], exceptVariables = [], exceptChanges = []] = groups;
      const isIn =
        (only.refs ?? ["branches", "tags"]).some((ref) => matchesRef(ref, kind)) &&
        (byVariables.length === 0 || byVariables.includes(true)) &&
        (byChanges.length === 0 || byChanges.includes(true));
      const isOut = except.refs?.some((ref) => matchesRef(ref, kind)) === true;
      if (!isIn || isOut || exceptVariables.includes(true) || exceptChanges.includes(true)) return undefined;
      const when = whenOf(job["when"]);
      return when === "never" ? undefined : { when, allow_failure: undefined, variables: {}, needs: undefined };
    },
  };
}

function filterOf(value: unknown): Filter {
  const filter: Data =
    typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Data) : { refs: value };
  const refs = filter["refs"];
  const changes = filter["changes"];
  return {
    refs: refs === undefined ? undefined : textList(refs),
    variables: textList(filter["variables"] ?? []).map((test) => ({ if: test })),
    changes: changes === undefined ? [] : [{ changes }],
  };
}

const sources: Readonly<Record<string, Source>> = {
  pushes: "push",
  web: "web",
  api: "api",
  triggers: "trigger",
  schedules: "schedule",
  merge_requests: "merge_request_event",
};

function matchesRef(wanted: string, { ref, tag, source }: RefKind): boolean {
  const isMergeRequest = source === "merge_request_event";
  if (wanted === "branches") return !tag && !isMergeRequest;
  if (wanted === "tags") return tag;
  if (wanted in sources) return sources[wanted] === source;
  const [, pattern, flags] = /^\/(.*)\/([a-z]*)$/.exec(wanted) ?? [];
  if (isMergeRequest) return false;
  return pattern === undefined ? wanted === ref : new RegExp(pattern, flags).test(ref);
}

/** Delayed jobs run at once here. */
function whenOf(value: unknown): When | "never" {
  const known = ["on_failure", "always", "manual", "never"] as const;
  return known.find((one) => one === value) ?? "on_success";
}

export function allowFailure(value: unknown): boolean | readonly number[] | undefined {
  if (typeof value === "boolean") return value;
  const codes = (value as Data | undefined)?.["exit_codes"];
  return codes === undefined ? undefined : [codes].flat().map(Number);
}

export function textList(value: unknown): string[] {
  return [value]
    .flat(5)
    .filter((one) => one !== undefined && one !== null)
    .map(String);
}

/** Variables of the CI file: numbers and truth values are text, and the long form has a `value`. */
export function textValues(value: unknown): Record<string, string> {
  const entries = Object.entries((value ?? {}) as Data).map(([name, one]) => {
    const plain = typeof one === "object" && one !== null ? (one as Data)["value"] : one;
    return [name, plain === undefined || plain === null ? "" : String(plain)];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}
