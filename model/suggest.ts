/** The edits (insert, delete, replace, swap of neighbours) that turn one word into the other. */
function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const cell = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= from.length; row++) {
    rows[row] = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let best = Math.min(
        cell(row - 1, column) + 1,
        cell(row, column - 1) + 1,
        cell(row - 1, column - 1) + (same ? 0 : 1),
      );
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && swapped) best = Math.min(best, cell(row - 2, column - 2) + 1);
      (rows[row] as number[])[column] = best;
    }
  }
  return cell(from.length, to.length);
}

/**
 * The known word that the user most likely meant: the nearest one, when at most a third of its letters differ
 * (upper and lower case count as the same).
 */
export function suggest(word: string, known: readonly string[]): string | undefined {
  let nearest: { name: string; edits: number } | undefined;
  for (const name of known) {
    const edits = distance(word.toLowerCase(), name.toLowerCase());
    if (edits <= Math.max(1, Math.floor(name.length / 3)) && edits < (nearest?.edits ?? Infinity)) {
      nearest = { name, edits };
    }
  }
  return nearest?.name;
}

/** `did you mean "revision"?`, or the general advice when nothing is near. */
export function suggestionOr(word: string, known: readonly string[], otherwise: string): string {
  const nearest = suggest(word, known);
  return nearest === undefined ? otherwise : `did you mean "${nearest}"?`;
}
