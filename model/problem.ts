/** How much a problem weighs: an error stops the run, a warning is printed and the run goes on. */
export type Severity = "error" | "warning";

/** One thing that is wrong with what a user wrote. All problems of all files are reported together. */
export interface Problem {
  readonly severity: Severity;
  /** The file as the user knows it, relative to the project's folder: `catalog/acme/shop.yaml`. */
  readonly file: string;
  /** The place in the file, as a path of keys and indices: `repositories[0].url`. Empty for the whole file. */
  readonly path: string;
  /** Where that is in the file's text, counted from 1, when the text is at hand. */
  readonly position?: { readonly line: number; readonly column: number };
  /** The value found there, as text; absent when nothing is there. Never a secret. */
  readonly value?: string;
  /** The fact, as one sentence without a full stop: `the environment's name is too long`. */
  readonly message: string;
  /** What would be accepted: `2 to 11 lower-case letters and digits`. */
  readonly allowed?: string;
  /** What to do, in the imperative: `shorten it by 3 characters`. */
  readonly fix: string;
}

/**
 * Prints a problem over up to four lines: place and fact, then value, allowed and fix, indented. What a file says is shown
 * as it is, but for characters that would steer the terminal or the log of whoever reads it: these are written out.
 */
export function formatProblem(problem: Problem): string {
  return `${problem.severity}: ${describe(problem)}`;
}

/** Control characters but tab and line feed (ECMA-48), and those that turn the direction of text round (Unicode UAX 9). */
const STEERING = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

function writtenOut(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
}

/** Prints problems for the Pulumi engine, which writes the severity of the whole before them. */
export function formatForEngine(problems: readonly Problem[]): string {
  const [first, ...others] = problems;
  if (first !== undefined && others.length === 0) return describe(first);
  return [`${problems.length} problems`, ...problems.map(formatProblem)].join("\n");
}

/** A problem's place and fact on one line, for who has other places for the rest. */
export function formatFact(problem: Problem): string {
  return headline(problem).replace(STEERING, writtenOut);
}

function headline({ file, position, path, message }: Problem): string {
  const place = position === undefined ? file : `${file}:${position.line}:${position.column}`;
  return `${path === "" ? place : `${place}: ${path}`}: ${message}`;
}

function describe(problem: Problem): string {
  const lines = [headline(problem)];
  if (problem.value !== undefined) lines.push(`  found:   ${problem.value}`);
  if (problem.allowed !== undefined) lines.push(`  allowed: ${problem.allowed}`);
  lines.push(`  fix:     ${problem.fix}`);
  return lines.join("\n").replace(STEERING, writtenOut);
}

/**
 * A mistake that a user can mend. It is printed as its problems, without a stack trace, and ends the command
 * with exit code 1; anything else that is thrown is a bug of ours and shows its stack.
 */
export class UserError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.name = "UserError";
    this.problems = problems;
  }
}
