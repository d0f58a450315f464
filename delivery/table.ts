import { stripVTControlCharacters } from "node:util";

/** With less room than this, a column's text is a ladder of words that nobody reads. */
const READABLE = 24;

/**
 * Lines of a table: columns two blanks apart, as wide as their widest cell. What would be wider than the terminal has
 * its last column broken at blanks; where that has no room either, each row becomes a block of lines, one a column.
 * Nothing is ever cut off.
 *
 * @param columns the terminal's width; without one, as in a pipe, a row is a line
 */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number | undefined = process.stdout.columns,
): string[] {
  const widths = widthsOf([head, ...rows]);
  const last = head.length - 1;
  const start = widths.slice(0, last).reduce((sum, width) => sum + width + 2, 0);
  // A terminal of unknown width says 0.
  if (!columns || start + (widths[last] ?? 0) <= columns) return [head, ...rows].map((row) => line(row, widths));
  const room = columns - start;
  if (room < READABLE) return blocks(head, rows);
  return [head, ...rows].flatMap((row) => {
    const [first = "", ...more] = broken(row[last] ?? "", room);
    return [line([...row.slice(0, last), first], widths), ...more.map((text) => " ".repeat(start) + text)];
  });
}

/** Lines of columns without a head. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = widthsOf(rows);
  return rows.map((row) => line(row, widths));
}

function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  const count = Math.max(...rows.map(({ length }) => length));
  return Array.from({ length: count }, (_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ""))));
}

/** How much room a text takes; colours take none. */
function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}

function line(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell))))
    .join("  ")
    .trimEnd();
}

/** `PROJECT  acme/shop`, a line for each column that says something, and an empty line between rows. */
function blocks(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...head.map(widthOf));
  return rows.flatMap((row, index) => [
    ...(index > 0 ? [""] : []),
    ...row.flatMap((cell, column) =>
      cell === "" || cell === "-" ? [] : [line([head[column] ?? "", cell], [width, 0])],
    ),
  ]);
}

/** A text in lines of at most so many characters; a word that is longer stays whole, so that it can be copied. */
function broken(text: string, room: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || widthOf(last) + 1 + widthOf(word) > room) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
