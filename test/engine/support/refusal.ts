import { expect } from "vitest";
import { changes, type Run } from "./pulumi-run";

/** What is a stack trace, or the inside of the program, to whoever reads it. */
const INSIDE = /^\s+at .+[:(]\d+:\d+|node_modules|Unhandled|<ref \*|\[Function/m;

/**
 * What a run says at its end under "Diagnostics", without indentation: for each resource a line with its name, and
 * below it what went wrong, sorted, as their order is left to chance. Fails where that shows the inside of the program.
 */
export function told(run: Run): string {
  expect(`${run.stdout}\n${run.stderr}`).not.toMatch(INSIDE);
  const [, diagnostics = ""] = run.stdout.split("\nDiagnostics:\n");
  const [text = ""] = diagnostics.split(/^(?:Outputs|Resources|Duration):/m);
  const sections = text
    .replaceAll(/^ {2}/gm, "")
    .trim()
    .split(/\n\n(?=\S)/);
  return sections.sort().join("\n\n");
}

/** What a run says that was refused before it did, or in a preview planned, anything at all. */
export function refusal(run: Run): string {
  expect(run.exitCode).not.toBe(0);
  expect(changes(run)).toEqual([]);
  return told(run);
}
