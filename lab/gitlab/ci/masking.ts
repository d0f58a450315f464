/** What stands in a log for a masked value. */
const mask = "[MASKED]";

/** Lines of a longer value that are shorter than GitLab lets a masked value be are too common to be taken out. */
const shortest = 8;

/** Takes values out of a line, the longest first, so that no rest of one is left where another is a part of it. */
export function masker(values: readonly string[]): (line: string) => string {
  const wanted = [...new Set(values.flatMap((value) => [value, ...linesOf(value)]))]
    .filter((value) => value.trim() !== "")
    .sort((a, b) => b.length - a.length);
  return (line) => wanted.reduce((text, value) => text.replaceAll(value, mask), line);
}

/** A log is masked line by line. */
function linesOf(value: string): string[] {
  return value.split(/\r?\n/).filter((line) => line.length >= shortest);
}
