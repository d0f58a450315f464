/** A sentence in which our words and others' values are kept apart, so that each rendering marks values by its means. */
export interface Phrase {
  /** One more than the values: what stands before, between and after them. */
  readonly words: readonly string[];
  readonly values: readonly string[];
}

/** A phrase as a template: say`quota of ${name}: ${from} → ${to}`. A phrase among the values becomes part of it. */
export function say(words: readonly string[], ...values: readonly (string | number | Phrase)[]): Phrase {
  // Most are of texts alone, and there are thousands.
  if (values.every((value) => typeof value === "string")) return { words, values };
  const made = { words: [words[0] ?? ""], values: [] as string[] };
  values.forEach((value, index) => {
    append(made, typeof value === "object" ? value : { words: ["", ""], values: [String(value)] });
    append(made, { words: [words[index + 1] ?? ""], values: [] });
  });
  return made;
}

/** Phrases as one, with words between them. */
export function joined(phrases: readonly Phrase[], between: string): Phrase {
  const made = { words: [""], values: [] as string[] };
  phrases.forEach((phrase, index) => {
    if (index > 0) append(made, { words: [between], values: [] });
    append(made, phrase);
  });
  return made;
}

/** Grows a phrase in place. */
function append(made: { words: string[]; values: string[] }, { words, values }: Phrase): void {
  const last = made.words.length - 1;
  made.words[last] = `${made.words[last] ?? ""}${words[0] ?? ""}`;
  for (let index = 1; index < words.length; index += 1) made.words.push(words[index] ?? "");
  made.values.push(...values);
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerated(phrases: readonly Phrase[]): Phrase {
  const last = phrases.at(-1);
  if (last === undefined || phrases.length === 1) return joined(phrases, "");
  return joined([joined(phrases.slice(0, -1), ", "), last], " and ");
}

/** The phrase with its values made into text by a rendering. */
export function rendered({ words, values }: Phrase, value: (text: string) => string): string {
  let text = words[0] ?? "";
  for (let index = 0; index < values.length; index += 1) {
    text += value(values[index] ?? "") + (words[index + 1] ?? "");
  }
  return text;
}

export function plain(phrase: Phrase): string {
  return rendered(phrase, (text) => text);
}
