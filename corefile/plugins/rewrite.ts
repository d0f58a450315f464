import { parseUnsigned } from "../go-values";
import type { Word } from "../corefile";
import { expectCount, oneOf, Refusal, Unjudged, unsigned, type PluginCheck } from "./check";
import { queryClass, recordType, responseCode } from "./dns-names";
import { patternAndReplacement, regularExpression } from "./languages";

const MATCHES = ["exact", "prefix", "suffix", "substring", "regex"];

/** `rewrite [continue|stop] FIELD ...`, any number of times, on one line or in braces. */
export const rewrite: PluginCheck = (cursor) => {
  while (cursor.next()) {
    const plugin = cursor.current;
    const args = cursor.remainingArguments();
    if (args.length < 2) {
      while (cursor.nextInBlock()) if (cursor.current !== undefined) args.push(cursor.current);
    }
    rule(args, plugin);
  }
};

function rule(args: readonly Word[], plugin: Word | undefined): void {
  const [first] = args;
  const hasMode = first !== undefined && ["continue", "stop"].includes(first.text.toLowerCase());
  const [field, ...rest] = hasMode ? args.slice(1) : args;
  if (field === undefined) throw new Refusal("the rule has no field", first ?? plugin, "rewrite name FROM TO");
  const readers: Readonly<Record<string, (args: readonly Word[], field: Word) => void>> = {
    name,
    class: (words) => {
      expectCount(words, 2, 2, field);
      for (const word of words) queryClass(word, word.text.toUpperCase());
    },
    type: (words) => {
      expectCount(words, 2, 2, field);
      for (const word of words) recordType(word, word.text.toUpperCase());
    },
    ttl,
    rcode,
    cname,
    edns0: () => {
      throw new Unjudged("it is an EDNS0 rule");
    },
  };
  const kind = field.text.toLowerCase();
  const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  if (read === undefined) throw new Refusal("the rule's field is unknown", field, Object.keys(readers).join(", "));
  read(rest, field);
}

function name(args: readonly Word[], field: Word): void {
  expectCount(args, 2, Infinity, field);
  const [first, second, third, ...answers] = args;
  if (first === undefined || second === undefined) return;
  if (third === undefined) {
    patternAndReplacement(second, first);
    return;
  }
  const match = matching(first);
  if (answers.length > 0) answerRules(answers);
  if (match === "exact") patternAndReplacement(third, second);
  if (match === "regex") patternAndReplacement(second, third);
}

/** `answer auto` and `answer name|value FROM TO`, several behind each other. */
function answerRules(args: readonly Word[]): void {
  expectCount(args, 2, Infinity, args[0]);
  let at = 0;
  let last = "";
  let auto = false;
  let named = false;
  while (at < args.length) {
    if (last === "") oneOf(args[at], "answer");
    if (args[at]?.text === "answer") at += 1;
    oneOf(args[at], "auto", "name", "value");
    last = args[at]?.text ?? "";
    at += 1;
    if (last === "auto") {
      auto = true;
      continue;
    }
    const [from, to] = args.slice(at, at + 2);
    if (from === undefined || to === undefined) throw new Refusal("the rule needs two names", args.at(-1));
    patternAndReplacement(from, to);
    if (last === "name") named = true;
    at += 2;
  }
  if (auto && named) throw new Refusal("answer auto and answer name exclude each other", args[0]);
}

function ttl(args: readonly Word[], field: Word): void {
  expectCount(args, 2, 3, field);
  const limits = args.at(-1);
  const [least, most, more] = (limits?.text ?? "").split("-");
  const isNumber = (text: string): boolean => parseUnsigned(text, 32) !== undefined;
  const right =
    most === undefined
      ? isNumber(least ?? "")
      : more === undefined &&
        (least !== "" || most !== "") &&
        (least === "" || isNumber(least ?? "")) &&
        (most === "" || isNumber(most)) &&
        (least === "" || most === "" || Number(least) <= Number(most));
  if (!right) throw new Refusal("the time to live is not right", limits, "seconds, or a range such as 30-300");
  if (args.length === 3) matchAndPattern(args[0], args[1]);
}

function rcode(args: readonly Word[], field: Word): void {
  expectCount(args, 3, 4, field);
  for (const word of args.slice(-2)) {
    if (/^\d+$/.test(word.text)) {
      if (unsigned(word, 32) > 23) throw new Refusal("the response code is unknown", word, "0 to 23");
    } else {
      responseCode(word);
    }
  }
  if (args.length === 4) matchAndPattern(args[0], args[1]);
}

function cname(args: readonly Word[], field: Word): void {
  expectCount(args, 2, 3, field);
  if (args.length === 3) matchAndPattern(args[0], args[1]);
}

function matchAndPattern(match: Word | undefined, pattern: Word | undefined): void {
  if (matching(match) === "regex" && pattern !== undefined) regularExpression(pattern);
}

function matching(word: Word | undefined): string {
  const match = word?.text.toLowerCase() ?? "";
  if (!MATCHES.includes(match)) throw new Refusal("the way of matching is unknown", word, MATCHES.join(", "));
  return match;
}
