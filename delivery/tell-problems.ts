import { formatProblem, type Problem } from "../model/problem";
import { painter } from "./terminal";

/** Prints problems on standard error, on a terminal with the severity in its colour. */
export function tellProblems(problems: readonly Problem[]): void {
  const paint = painter(process.stderr);
  for (const problem of problems) {
    const { severity } = problem;
    const rest = formatProblem(problem).slice(severity.length);
    process.stderr.write(`${paint(severity, severity === "error" ? "red" : "yellow")}${rest}\n`);
  }
}

/** Prints problems on standard output, for the program that has asked for JSON and would have to read words otherwise. */
export function printProblems(problems: readonly Problem[]): void {
  process.stdout.write(`${JSON.stringify({ format: 1, problems }, null, 2)}\n`);
}
