import { parseUrn } from "../preview/urn";
import type { Style } from "../terminal";
import { plain } from "./phrase";
import { diffLines } from "./markdown/diff-block";
import type { Review, StackReview } from "./review";

export interface TextOptions {
  /** Puts text into a style, where colours are wanted. */
  readonly paint: (text: string, style: Style) => string;
  /** Whether every property that differs is shown. @default false */
  readonly details?: boolean;
}

type Paint = (text: string) => string;

interface Palette {
  readonly strong: Paint;
  readonly bad: Paint;
  readonly good: Paint;
}

/** A review for people at a terminal. */
export function renderText(review: Review, { paint, details = false }: TextOptions): string {
  const palette: Palette = {
    strong: (text) => paint(text, "bold"),
    bad: (text) => paint(text, "red"),
    good: (text) => paint(text, "green"),
  };
  const blocks = [
    palette.strong(oneLine(plain(review.headline))),
    ...review.stacks.flatMap((stack) => stackBlocks(stack, palette, details)),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function stackBlocks(stack: StackReview, palette: Palette, details: boolean): string[] {
  const { failures, dangers, policies, warnings, subjects, counts } = stack;
  const title = palette.strong(`${oneLine(stack.stack)}${stack.isProduction ? " (production)" : ""}`);
  const blocks: string[] = [];
  if (failures.length > 0) blocks.push(list(palette.bad("the preview has failed"), failures));
  const danger = dangers.map(({ kind, subject, what }) => {
    return `${palette.bad(kind)}: ${subject === "" || subject === kind ? "" : `${subject}: `}${plain(what)}`;
  });
  if (danger.length > 0) blocks.push(list("look at this first", danger));
  const findings = policies.map(({ policy, level, message, urn }) => {
    const name = parseUrn(urn)?.name;
    const mark = level === "mandatory" ? palette.bad(level) : level;
    return `${mark} ${policy}${name === undefined ? "" : ` at ${name}`}: ${message.replace(/\s+/g, " ")}`;
  });
  if (findings.length > 0) blocks.push(list("policies", findings));
  else if (!stack.tellsPolicies && failures.length === 0) blocks.push("  policies: not in this preview (see --help)");
  for (const { name, action, changes } of subjects) {
    const mark = action === "adds" ? palette.good(" (new)") : action === "deletes" ? palette.bad(" (deleted)") : "";
    blocks.push(list(`${name}${mark}`, changes.map(plain)));
  }
  if (details) blocks.push(...subjects.map((one) => list(`${one.name}, every property`, diffLines(one))));
  if (warnings.length > 0) blocks.push(list("the program says", warnings));
  const { created, updated, replaced, deleted, imported, unchanged } = counts;
  const told = Object.entries({ created, updated, replaced, deleted, adopted: imported, unchanged });
  const tally = told.filter(([, count]) => count > 0).map(([word, count]) => `${String(count)} ${word}`);
  if (failures.length === 0) blocks.push(`  objects: ${tally.join(", ") || "none"}`);
  return [title, ...blocks];
}

function list(title: string, items: readonly string[]): string {
  const lines = items.map((item) => `    ${item.split("\n").join("\n    ")}`);
  return [`  ${oneLine(title)}`, ...lines].join("\n");
}

/** A name with a line break could else write a line that reads as one of ours. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
