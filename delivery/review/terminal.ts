import { parseUrn } from "../preview/urn";
import { plain, rendered, type Phrase } from "./phrase";
import { diffLines } from "./markdown/diff-block";
import type { Review, StackReview } from "./review";

export interface TerminalOptions {
  readonly colour: boolean;
  /** Whether every property that differs is shown. @default false */
  readonly details?: boolean;
}

type Paint = (text: string) => string;

interface Palette {
  readonly strong: Paint;
  readonly bad: Paint;
  readonly value: Paint;
}

/** A review for people at a terminal. */
export function renderTerminal(review: Review, { colour, details = false }: TerminalOptions): string {
  const palette = paletteOf(colour);
  const blocks = [
    palette.strong(plain(review.headline)),
    ...review.stacks.flatMap((stack) => stackBlocks(stack, palette, details)),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function paletteOf(colour: boolean): Palette {
  const paint = (start: number, end: number): Paint =>
    colour ? (text) => `\u001b[${String(start)}m${text}\u001b[${String(end)}m` : (text) => text;
  return { strong: paint(1, 22), bad: paint(31, 39), value: paint(36, 39) };
}

function stackBlocks(stack: StackReview, palette: Palette, details: boolean): string[] {
  const { failures, dangers, policies, warnings, subjects, counts } = stack;
  const title = palette.strong(`${stack.stack}${stack.isProduction ? " (production)" : ""}`);
  const phrase = (one: Phrase) => rendered(one, palette.value);
  const blocks: string[] = [];
  if (failures.length > 0) blocks.push(list(palette.bad("the preview has failed"), failures));
  const danger = dangers.map(({ kind, subject, what }) => {
    return `${palette.bad(kind)}: ${subject === "" || subject === kind ? "" : `${subject}: `}${phrase(what)}`;
  });
  if (danger.length > 0) blocks.push(list("look at this first", danger));
  const findings = policies.map(({ policy, level, message, urn }) => {
    const name = parseUrn(urn)?.name;
    const mark = level === "mandatory" ? palette.bad(level) : level;
    return `${mark} ${policy}${name === undefined ? "" : ` at ${name}`}: ${message.replace(/\s+/g, " ")}`;
  });
  if (findings.length > 0) blocks.push(list("policies", findings));
  for (const { name, action, changes } of subjects) {
    const mark = action === "adds" ? " (new)" : action === "deletes" ? palette.bad(" (deleted)") : "";
    blocks.push(list(`${name}${mark}`, changes.map(phrase)));
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
  return [`  ${title}`, ...lines].join("\n");
}
