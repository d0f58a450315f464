import { rendered, type Phrase } from "../phrase";

/** A longer value is cut: it can be read in the property diff. */
const LONGEST = 200;

/**
 * Text from outside as ordinary text of GitLab's or GitHub's Markdown: no markup, no HTML, no reference or mention, all
 * on one line, so that no quick action begins.
 */
export function escaped(text: string, longest = LONGEST): string {
  return (
    cut(oneLine(text), longest)
      .replace(/[\\`*_{}[\]()#+!~$^:-]/g, "\\$&")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll("|", "&#124;")
      // Mentions and references are looked for in the page, where an entity is the character again.
      .replace(/(@|%|#|!|~|\$|&amp;)(?=[\p{L}\p{N}"_])/gu, "$1\u200b")
      .replace(/\bwww\./gi, "www\\.")
  );
}

/**
 * Text from outside as a span of code, in which nothing is looked for. A cell of a table ends at a bar even there, and
 * what may stand before the bar makes its escape unsafe: such a text is written as ordinary text.
 */
export function code(text: string): string {
  const line = cut(oneLine(text), LONGEST);
  if (line === "") return "``` ```";
  if (line.includes("|") || line.includes("`")) return escaped(line);
  return `\`${line}\``;
}

/** A phrase with its values as code. */
export function markdown(phrase: Phrase): string {
  return rendered(phrase, code);
}

/**
 * A block of code that no line of it can end. No line begins with a slash: where a block ends, GitLab's quick actions see
 * by a pattern of their own (lib/gitlab/quick_actions/extractor.rb), for which three backticks within a longer fence are
 * its end.
 */
export function fenced(language: string, lines: readonly string[]): string {
  const body = lines.join("\n").replace(/^\//gm, " /");
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${body}\n${fence}`;
}

export function cut(text: string, longest: number): string {
  // Half of a pair is no character.
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
