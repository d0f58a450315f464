import type { Word } from "../corefile";
import { Refusal, Unjudged } from "./check";

/** Constructs that JavaScript and Go's RE2 read differently, or that have limits in Go only. */
const FOREIGN = /\\[0-9cpPuxk]|\(\?(?!:)|\[\^?\]|[{}]|\[\[/;

/**
 * Accepts a regular expression of the simple kind that JavaScript and Go read alike. Any other may still be right:
 * whether it is, only CoreDNS can tell.
 */
export function regularExpression(word: Word): void {
  if (!isCommonPattern(word.text)) throw new Unjudged("it holds a regular expression");
}

function isCommonPattern(pattern: string): boolean {
  if (pattern.length > 1000 || FOREIGN.test(pattern)) return false;
  try {
    new RegExp(pattern, "u");
    return true;
  } catch {
    return false;
  }
}

/** As `regularExpression`, with a replacement that may use `{1}` for the pattern's groups. */
export function patternAndReplacement(pattern: Word, replacement: Word): void {
  regularExpression(pattern);
  const groups = (pattern.text.replace(/\\./gs, "").match(/\((?!\?)/g) ?? []).length;
  const used = new Set(replacement.text.match(/\{\d+\}/g) ?? []);
  if (used.size === 0) return;
  if (pattern.text.includes("[")) throw new Unjudged("it holds a regular expression");
  if (used.size > groups) {
    throw new Refusal("the replacement uses more groups than the pattern has", replacement, `${String(groups)} groups`);
  }
}

/** A template of Go's text/template with plain fields only, or without any. */
export function goTemplate(word: Word): void {
  const rest = word.text.replace(/\{\{ ?(?:\.[A-Z]\w*(?:\.\w+)*|index \.Match \d+|index \.Match "\w+") ?\}\}/g, "");
  if (/\{\{/.test(rest)) throw new Unjudged("it holds a template");
}
