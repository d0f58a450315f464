/** A sentence in which our words and others' values are kept apart, so that each rendering marks values by its means. */
export interface Phrase {
  /** One more than the values: what stands before, between and after them. */
  readonly words: readonly string[];
  readonly values: readonly string[];
}

/** A phrase as a template: say`quota of ${name}: ${from} → ${to}`. A phrase among the values becomes part of it. */
export function say(words: readonly string[], ...values: readonly (string | number | Phrase)[]): Phrase {
  return values.reduce<Phrase>(
    (phrase, value, index) => {
      const part = typeof value === "object" ? value : { words: ["", ""], values: [String(value)] };
      return append(append(phrase, part), { words: [words[index + 1] ?? ""], values: [] });
    },
    { words: [words[0] ?? ""], values: [] },
  );
}

function append(one: Phrase, other: Phrase): Phrase {
  const seam = `${one.words.at(-1) ?? ""}${other.words[0] ?? ""}`;
  return {
    words: [...one.words.slice(0, -1), seam, ...other.words.slice(1)],
    values: [...one.values, ...other.values],
  };
}

/** Phrases as one, with words between them. */
export function joined(phrases: readonly Phrase[], between: string): Phrase {
  const [first, ...others] = phrases;
  if (first === undefined) return { words: [""], values: [] };
  return others.reduce((whole, phrase) => append(append(whole, { words: [between], values: [] }), phrase), first);
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerated(phrases: readonly Phrase[]): Phrase {
  const last = phrases.at(-1);
  if (last === undefined || phrases.length === 1) return joined(phrases, "");
  return joined([joined(phrases.slice(0, -1), ", "), last], " and ");
}

/** The phrase with its values made into text by a rendering. */
export function rendered({ words, values }: Phrase, value: (text: string) => string): string {
  return words.map((word, index) => word + (index < values.length ? value(values[index] ?? "") : "")).join("");
}

export function plain(phrase: Phrase): string {
  return rendered(phrase, (text) => text);
}
