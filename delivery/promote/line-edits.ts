import type { Edit } from "../bump/slot";

/** What turns one text into the other, line by line, with as few lines as can be. For texts of some hundred lines. */
export function lineEdits(before: string, after: string): readonly Edit[] {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < fresh.length - start && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  const [mine, theirs] = [old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)];
  const kept = longestCommon(mine, theirs);
  const edits: Edit[] = [];
  let [one, other] = [0, 0];
  let offset = lengthOf(old.slice(0, start));
  for (const [keptMine, keptTheirs] of [...kept, [mine.length, theirs.length] as const]) {
    const removed = lengthOf(mine.slice(one, keptMine));
    const text = theirs.slice(other, keptTheirs).join("");
    if (removed > 0 || text !== "") edits.push({ start: offset, end: offset + removed, text });
    offset += removed + (mine[keptMine]?.length ?? 0);
    [one, other] = [keptMine + 1, keptTheirs + 1];
  }
  return edits;
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}

/** The places of a longest common subsequence of lines, in both. */
function longestCommon(one: readonly string[], other: readonly string[]): (readonly [number, number])[] {
  // lengths[i][j]: of the longest one of what comes from i and from j on.
  const lengths = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  const length = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      const same = one[i] === other[j];
      (lengths[i] as number[])[j] = same ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
    }
  }
  const places: (readonly [number, number])[] = [];
  for (let [i, j] = [0, 0]; i < one.length && j < other.length;) {
    if (one[i] === other[j]) {
      places.push([i, j]);
      [i, j] = [i + 1, j + 1];
    } else if (length(i + 1, j) >= length(i, j + 1)) i += 1;
    else j += 1;
  }
  return places;
}
