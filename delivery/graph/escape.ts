/**
 * Text between tags and in quoted attributes. What no XML document may hold (XML 1.0, production 2) is replaced.
 */
export function xml(text: string): string {
  return text.replace(UNPRINTABLE, "\ufffd").replace(/[&<>"']/g, (letter) => `&#${String(letter.codePointAt(0))};`);
}

/** Control characters other than tab and line ends, halves of surrogate pairs, and two that are no characters. */
const UNPRINTABLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/**
 * Text of a quoted Mermaid label. Everything that Mermaid, or the Markdown and HTML that it takes labels for, could read
 * as more than text is written as an entity code (Mermaid's documentation of flowcharts, "Entity codes").
 */
export function mermaid(text: string): string {
  // A number with a full stop and a blank begins a list of Markdown; other full stops are but that.
  return text
    .replace(/\s+/g, " ")
    .replace(/\.(?= )|[^A-Za-z0-9 ,.:/@-]/gu, (letter) => `#${String(letter.codePointAt(0))};`);
}

/** Text of `accTitle` and `accDescr`, which know no entity codes: what could end the line is replaced. */
export function mermaidSentence(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[^A-Za-z0-9 ,.:/@-]/gu, "?");
}

/** A quoted string of the DOT language; a backslash would begin an escape of Graphviz' labels. */
export function dot(text: string): string {
  return text
    .replace(UNPRINTABLE, "\ufffd")
    .replace(/[\\"]/g, (letter) => `\\${letter}`)
    .replace(/\s+/g, " ");
}

/** Text of a Markdown document outside code (CommonMark, "Backslash escapes"). */
export function markdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[!-/:-@[-`{-~]/g, (letter) => (/[-.,:/]/.test(letter) ? letter : `\\${letter}`));
}
