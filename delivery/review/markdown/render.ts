import type { Danger, Review, StackReview, SubjectReview } from "../review";
import type { PolicyFinding } from "../../engine/engine-event";
import { parseUrn } from "../../preview/urn";
import { diffLines } from "./diff-block";
import { code, cut, escaped, fenced, markdown } from "./escape";
import { picture } from "./picture";
import { Sheet } from "./sheet";

export interface MarkdownOptions {
  /** Characters. @default unlimited */
  readonly limit?: number;
  /** Where the whole can be read, told when something had to be left out: an URL. */
  readonly whole?: string;
}

/** A review as Markdown that GitLab and GitHub show: first the sentence, then the dangers, then each stack. */
export function renderMarkdown(review: Review, { limit = Infinity, whole }: MarkdownOptions = {}): string {
  const sheet = new Sheet(limit - REST);
  let dropped = 0;
  sheet.add(cut(markdown(review.headline), 4000));
  for (const stack of review.stacks) dropped += addFailures(sheet, stack);
  dropped += addDangers(sheet, review.stacks);
  for (const stack of review.stacks) dropped += addPolicies(sheet, stack);
  review.stacks.forEach((stack, index) => {
    const changes = limit === Infinity ? Infinity : CHANGES;
    dropped += addTable(sheet, stack, changes, 0.7 / (review.stacks.length - index));
  });
  const drawn = picture(review);
  if (drawn !== undefined) sheet.add(drawn);
  for (const stack of review.stacks) dropped += addWarnings(sheet, stack) + addDiff(sheet, stack);
  return `${sheet.toString()}${dropped > 0 ? `\n${leftOut(whole)}\n` : ""}`;
}

/** Room for the last lines. */
const REST = 600;

function leftOut(whole: string | undefined): string {
  const place = whole === undefined ? "`factory review --output` writes the whole" : `[the whole](<${whole}>)`;
  return `_This is not all: ${place}._`;
}

function addFailures(sheet: Sheet, { stack, failures }: StackReview): number {
  if (failures.length === 0) return 0;
  const lines = failures.flatMap((failure) => failure.split("\n")).map((line) => cut(line, 500));
  const [fence = "", ...rest] = fenced("text", lines).split("\n");
  const head = [`**The preview of ${code(stack)} has failed:**`, "", fence];
  const foot = [rest.at(-1) ?? ""];
  return sheet.addLines(
    { head, lines: rest.slice(0, -1), foot, more: (count) => `… ${String(count)} lines more` },
    0.2,
  );
}

function addDangers(sheet: Sheet, stacks: readonly StackReview[]): number {
  const lines = stacks.flatMap(({ stack, dangers }) => dangers.map((danger) => dangerLine(stack, danger)));
  if (lines.length === 0) return 0;
  const head = ["> [!caution]", "> Look at this first:", ">"];
  return sheet.addLines({ head, lines, more: (count) => `> - … ${more(count)}` }, 0.3);
}

function dangerLine(stack: string, { kind, subject, what }: Danger): string {
  return `> - **${kind}** in ${code(stack)}${subject === "" || subject === kind ? "" : `, ${code(subject)}`}: ${markdown(what)}`;
}

function addPolicies(sheet: Sheet, { stack, policies }: StackReview): number {
  if (policies.length === 0) return 0;
  const blocked = policies.filter(({ level }) => level === "mandatory").length;
  const title = blocked > 0 ? `**Blocked by policy in ${code(stack)}:**` : `Policies advise in ${code(stack)}:`;
  const lines = policies.map(policyLine);
  return sheet.addLines({ head: [title, ""], lines, more: (count) => `- … ${more(count)}` }, 0.3);
}

function policyLine({ policy, level, message, urn }: PolicyFinding): string {
  const name = parseUrn(urn)?.name;
  const text = escaped(message, 1000);
  return `- ${level === "mandatory" ? "**mandatory**" : level} ${code(policy)}${name === undefined ? "" : ` at ${code(name)}`}: ${text}`;
}

/** More changes of one project are counted in a note. */
const CHANGES = 30;

function addTable(sheet: Sheet, review: StackReview, most: number, share: number): number {
  const { stack, isProduction, subjects, counts, tellsPolicies, failures } = review;
  const title = `### ${code(stack)}${isProduction ? " (production)" : ""}`;
  if (subjects.length === 0) {
    const known = failures.length > 0 ? "Nothing is known of what would change." : "Nothing changes.";
    return sheet.add(`${title}\n\n${known}`) ? 0 : 1;
  }
  const unknown = tellsPolicies || failures.length > 0 ? "" : " What policies found is not in this preview.";
  const head = [title, "", `${tally(counts)}${unknown}`, "", "| Project | What changes |", "| --- | --- |"];
  const lines = subjects.map((subject) => row(subject, most));
  return sheet.addLines({ head, lines, more: (count) => `| … | ${more(count)} |` }, share);
}

function row({ name, action, changes }: SubjectReview, most: number): string {
  const shown = changes.slice(0, most).map(markdown);
  if (changes.length > shown.length) shown.push(`… ${more(changes.length - shown.length)}`);
  const verb = action === "adds" ? "**new**<br>" : action === "deletes" ? "**deleted**<br>" : "";
  return `| ${code(name)} | ${verb}${shown.join("<br>")} |`;
}

function tally({ created, updated, replaced, deleted, imported, unchanged }: StackReview["counts"]): string {
  const parts = Object.entries({ created, updated, "deleted and made anew": replaced, deleted, adopted: imported });
  const told = parts.filter(([, count]) => count > 0).map(([word, count]) => `${String(count)} ${word}`);
  return `Objects: ${[...told, `${String(unchanged)} unchanged`].join(", ")}.`;
}

function addWarnings(sheet: Sheet, { stack, warnings }: StackReview): number {
  const lines = warnings.map((text) => `- ${escaped(text, 1000)}`);
  const head = folded(`What the program says in ${html(stack)}`);
  return sheet.addLines({ head, lines, foot: UNFOLDED, more: (count) => `- … ${more(count)}` }, 0.3);
}

function addDiff(sheet: Sheet, { stack, subjects }: StackReview): number {
  const lines = subjects.flatMap((subject) => {
    const own = diffLines(subject);
    return own.length === 0 ? [] : [`# ${subject.name.replace(/\s+/g, " ")}`, ...own];
  });
  if (lines.length === 0) return 0;
  const [fence = "", ...rest] = fenced("diff", lines).split("\n");
  const head = [...folded(`Every property that differs in ${html(stack)}`), fence];
  const foot = [rest.at(-1) ?? "", ...UNFOLDED];
  return sheet.addLines(
    { head, lines: rest.slice(0, -1), foot, more: (count) => `# … ${String(count)} lines more` },
    1,
  );
}

/** The blank lines make what is between the tags Markdown again. */
function folded(summary: string): string[] {
  return ["<details>", `<summary>${summary}</summary>`, ""];
}

const UNFOLDED = ["", "</details>"];

/** Within a tag, Markdown's escapes count for nothing. */
function html(text: string): string {
  return text
    .replace(/[^\p{L}\p{N} ._/-]/gu, (character) => `&#${String(character.codePointAt(0))};`)
    .replace(/&#64;/g, "&#64;\u200b");
}

function more(count: number): string {
  return `${String(count)} more`;
}
