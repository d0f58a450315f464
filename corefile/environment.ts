/** The variables of CoreDNS's process, by name. Those of a pod are not known to us: see `expand`. */
export type Environment = Readonly<Record<string, string>>;

/** A word after its `{$NAME}` and `{%NAME%}` were replaced. */
export interface Expanded {
  readonly text: string;
  /** A variable in it is not known, so that nothing can be said about the word. */
  readonly opaque: boolean;
}

/**
 * Replaces the environment variables in a word. CoreDNS takes an unset variable for the empty string; without
 * `environment` no variable is known, so a word with one stays as it is and is called opaque.
 *
 * Source of the rules: `replaceEnvVars` of coredns/caddy's `caddyfile/parse.go`.
 */
export function expand(text: string, environment?: Environment): Expanded {
  if (environment === undefined) {
    return { text, opaque: reference(text, "{%", "%}") !== undefined || reference(text, "{$", "}") !== undefined };
  }
  const windows = replaceAll(text, "{%", "%}", environment);
  return { text: replaceAll(windows, "{$", "}", environment), opaque: false };
}

function replaceAll(text: string, opening: string, closing: string, environment: Environment): string {
  let result = text;
  // A value may itself hold a reference; one that holds itself would keep CoreDNS busy for ever.
  for (let round = 0; round < 100; round += 1) {
    const found = reference(result, opening, closing);
    if (found === undefined) return result;
    const name = found.slice(opening.length, found.length - closing.length);
    result = result.replaceAll(found, () => environment[name] ?? "");
  }
  return result;
}

/** The first reference in the text; an empty one (`{$}`) ends the search, as in CoreDNS. */
function reference(text: string, opening: string, closing: string): string | undefined {
  const start = text.indexOf(opening);
  if (start < 0) return undefined;
  const end = text.indexOf(closing, start);
  if (end < 0 || end <= start + opening.length) return undefined;
  return text.slice(start, end + closing.length);
}
