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
