/** The most characters of a value in the table; certificates and templates are long, and `--json` has all of them. */
const WIDTH = 48;

/** How much of what both begin with is kept in front of their first difference. */
const LEAD = 12;

/**
 * Two values as a table shows them, each on one line. Where they begin alike, it is that what is cut off, so that they are
 * seen to differ.
 *
 * @param left absent where there is none, which is shown as `-`
 */
export function shorten(left: string | undefined, right: string | undefined): readonly [left: string, right: string] {
  const [one, other] = [left, right].map((text) => [...(text ?? "").replace(/\s+/g, " ").trim()]) as [
    string[],
    string[],
  ];
  const difference = one.findIndex((letter, index) => letter !== other[index]);
  const shared = difference < 0 ? one.length : difference;
  const from = shared < WIDTH - 1 ? 0 : shared - LEAD;
  return [left === undefined ? "-" : cut(one, from), right === undefined ? "-" : cut(other, from)];
}

function cut(letters: readonly string[], from: number): string {
  if (letters.length === 0) return '""';
  if (letters.length <= WIDTH) return letters.join("");
  const rest = from === 0 ? letters : ["…", ...letters.slice(from)];
  return (rest.length <= WIDTH ? rest : [...rest.slice(0, WIDTH - 1), "…"]).join("");
}
