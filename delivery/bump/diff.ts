import type { Edit } from "./slot";

const CONTEXT = 3;

/** Some lines of the old text and what takes their place. */
interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** The change as a unified diff, which `git apply` and `patch -p1` take. Empty where nothing changes. */
export function unifiedDiff(file: string, text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return "";
  const old = linesOf(text);
  const hunks = grouped(replacements(text, old, edits));
  if (hunks.length === 0) return "";
  const name = file.replace(/^\.?\//, "");
  let shift = 0;
  const body = hunks.map((hunk) => {
    const [first, last] = [hunk[0], hunk.at(-1)];
    const from = Math.max(0, (first?.from ?? 0) - CONTEXT);
    const to = Math.min(old.length, (last?.to ?? 0) + CONTEXT);
    const lines: string[] = [];
    let at = from;
    for (const change of hunk) {
      lines.push(...prefixed(" ", old.slice(at, change.from)), ...prefixed("-", old.slice(change.from, change.to)));
      lines.push(...prefixed("+", change.lines));
      at = change.to;
    }
    lines.push(...prefixed(" ", old.slice(at, to)));
    const added = hunk.reduce((sum, change) => sum + change.lines.length - (change.to - change.from), 0);
    const head = `@@ -${range(from, to - from)} +${range(from + shift, to - from + added)} @@\n`;
    shift += added;
    return head + lines.join("");
  });
  return `--- a/${name}\n+++ b/${name}\n${body.join("")}`;
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function range(from: number, length: number): string {
  return `${String(length === 0 ? from : from + 1)},${String(length)}`;
}

function prefixed(sign: string, lines: readonly string[]): string[] {
  return lines.map((line) =>
    line.endsWith("\n") ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`,
  );
}

/** The edits as whole lines; those that meet on a line are one. */
function replacements(text: string, old: readonly string[], edits: readonly Edit[]): Hunk[] {
  const starts = old.reduce<number[]>((all, line) => [...all, (all.at(-1) ?? 0) + line.length], [0]);
  const lineAt = (offset: number) =>
    Math.min(
      starts.findLastIndex((start) => start <= offset),
      Math.max(0, old.length - 1),
    );
  const spans: { from: number; to: number; edits: Edit[] }[] = [];
  for (const edit of [...edits].sort((one, other) => one.start - other.start)) {
    const [from, to] = [lineAt(edit.start), lineAt(edit.end) + 1];
    const last = spans.at(-1);
    if (last !== undefined && from < last.to) {
      last.to = Math.max(last.to, to);
      last.edits.push(edit);
    } else spans.push({ from, to, edits: [edit] });
  }
  const changes = spans.map(({ from, to, edits: own }) => {
    const [base, end] = [starts[from] ?? 0, starts[to] ?? text.length];
    let fresh = "";
    let at = base;
    for (const edit of own) {
      fresh += text.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return trimmed({ from, to, lines: linesOf(fresh + text.slice(at, end)) }, old);
  });
  // An edit that puts back what was there is no change, and git takes no hunk of context alone.
  return changes.filter(({ from, to, lines }) => to > from || lines.length > 0);
}

/** Lines that stay are context. */
function trimmed({ from, to, lines }: Hunk, old: readonly string[]): Hunk {
  let [start, end, kept] = [from, to, [...lines]];
  while (start < end && kept.length > 0 && old[start] === kept[0]) {
    start += 1;
    kept = kept.slice(1);
  }
  while (start < end && kept.length > 0 && old[end - 1] === kept.at(-1)) {
    end -= 1;
    kept = kept.slice(0, -1);
  }
  return { from: start, to: end, lines: kept };
}

/** Changes whose contexts meet share a hunk. */
function grouped(changes: readonly Hunk[]): Hunk[][] {
  const groups: Hunk[][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last !== undefined && before !== undefined && change.from - before.to <= 2 * CONTEXT) last.push(change);
    else groups.push([change]);
  }
  return groups;
}
