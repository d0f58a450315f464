/** Variables by name. */
export type Values = Readonly<Record<string, string>>;

/** Puts the values of `$NAME` and `${NAME}` into a text; unknown ones are empty, and `$$` is a `$`. */
export function expand(text: string, values: Values): string {
  return text.replace(
    /(\$\$)|\$\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*)/g,
    (_, escaped?: string, braced?: string, bare?: string) =>
      escaped === undefined ? (values[braced ?? bare ?? ""] ?? "") : "$",
  );
}

/** Expands variables in each other, as often as it takes; one that leads back to itself is empty there. */
export function expandAll(values: Values): Record<string, string> {
  const resolve = (name: string, path: readonly string[]): string => {
    const text = path.includes(name) ? undefined : values[name];
    if (text === undefined) return "";
    const names = [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, found = ""]) => found);
    const inner = Object.fromEntries(names.map((one) => [one, resolve(one, [...path, name])]));
    return expand(text, inner);
  };
  return Object.fromEntries(Object.keys(values).map((name) => [name, resolve(name, [])]));
}

/** A value that `expand` leaves as it is. */
export function literal(value: string): string {
  return value.replaceAll("$", "$$$$");
}
