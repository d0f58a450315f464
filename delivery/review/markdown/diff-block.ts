import { cut } from "./escape";
import type { PropertyChange, ResourceReview, SubjectReview } from "../review";

/** Lines around a change of a text of many lines. */
const CONTEXT = 2;

/** A longer line is cut. */
const LONGEST = 300;

const SIGNS = { create: "+", import: "+", update: "!", replace: "!", delete: "-", forget: "-" } as const;

const NOTES: Partial<Record<ResourceReview["operation"], string>> = {
  import: " (adopted)",
  replace: " (deleted and made anew)",
  forget: " (left to itself)",
};

/** A subject's objects as lines of a diff: what is new, what goes, and every property that differs. */
export function diffLines({ resources }: SubjectReview): string[] {
  return resources.flatMap(({ operation, kind, name, properties }) => [
    cutLine(`${SIGNS[operation]} ${kind} ${name}${NOTES[operation] ?? ""}`),
    ...(operation === "update" || operation === "replace" ? properties.flatMap(propertyLines) : []),
  ]);
}

function propertyLines({ path, before, after }: PropertyChange): string[] {
  const head = cutLine(`    ${path}`);
  const isLong = [before, after].some((text) => text?.includes("\n"));
  const lines = isLong
    ? textDiff((before ?? "").split("\n"), (after ?? "").split("\n"))
    : [...(before === undefined ? [] : [`- ${before}`]), ...(after === undefined ? [] : [`+ ${after}`])];
  return [head, ...lines.map(cutLine)];
}

/** What differs between the common beginning and the common end. */
function textDiff(before: readonly string[], after: readonly string[]): string[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1;
  let end = 0;
  const shorter = Math.min(before.length, after.length) - start;
  while (end < shorter && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return [
    ...before.slice(Math.max(0, start - CONTEXT), start).map((line) => `  ${line}`),
    ...before.slice(start, before.length - end).map((line) => `- ${line}`),
    ...after.slice(start, after.length - end).map((line) => `+ ${line}`),
    ...before.slice(before.length - end, before.length - end + CONTEXT).map((line) => `  ${line}`),
  ];
}

/** A name with a line break could else write a line of its own. */
function cutLine(line: string): string {
  return cut(line.replace(/\s*\n\s*/g, " "), LONGEST);
}
