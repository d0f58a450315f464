import { readFileSync } from "node:fs";

/** The variables of a dotenv report: `NAME=value` a line, as GitLab reads them; quotes around a value go. */
export function parse(file: string): Record<string, string> {
  return parseText(readFileSync(file, "utf8"));
}

export function parseText(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).map((line) => /^\s*([A-Za-z_]\w*)=(.*?)\s*$/.exec(line));
  const pairs = lines.flatMap((match) => (match === null ? [] : [[match[1] ?? "", unquote(match[2] ?? "")]]));
  return Object.fromEntries(pairs) as Record<string, string>;
}

function unquote(value: string): string {
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
}
