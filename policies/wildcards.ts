/** What Argo CD's patterns of names, URLs and namespaces know; a backslash has the next letter taken as it is. */
const WILDCARD = /[*?[{\\]/;

export function hasWildcard(pattern: string): boolean {
  return WILDCARD.test(pattern);
}

/**
 * Whether a pattern says what is not meant. Argo CD takes it for a match of everything else, also beside entries that
 * allow little: https://github.com/argoproj/argo-cd/blob/v3.2.12/pkg/apis/application/v1alpha1/app_project_types.go
 */
export function isNegated(pattern: string): boolean {
  return pattern.startsWith("!");
}

/**
 * Whether a pattern means a name, as Argo CD asks it of namespaces and clusters: `*` and `**` stand for any letters, `?`
 * for one, `[a-z]` and `[!a-z]` for one of these and of all others, `{a,b}` for either. One that cannot be read means
 * none. https://pkg.go.dev/github.com/gobwas/glob
 */
export function matchesGlob(pattern: string, name: string): boolean {
  try {
    return new RegExp(`^${expressionOf(pattern)}$`).test(name);
  } catch {
    return false;
  }
}

/** As {@link matchesGlob}, with `!` in front for all others. */
export function matchesEntry(pattern: string, name: string): boolean {
  return isNegated(pattern) ? !matchesGlob(pattern.slice(1), name) : matchesGlob(pattern, name);
}

const TOKEN = /\\(?<escaped>.)|\[(?<not>!?)(?<set>[^\]]+)\]|./g;

function expressionOf(pattern: string): string {
  let depth = 0;
  return [...pattern.matchAll(TOKEN)]
    .map(({ 0: token, groups: { escaped, not, set } = {} }) => {
      if (escaped !== undefined) return literal(escaped);
      if (set !== undefined) return `[${not === "!" ? "^" : ""}${set.replaceAll(/[\\^]/g, "\\$&")}]`;
      if (token === "*") return ".*";
      if (token === "?") return ".";
      if (token === "{") depth += 1;
      if (depth === 0) return literal(token);
      if (token === "}") depth -= 1;
      return { "{": "(?:", "}": ")", ",": "|" }[token] ?? literal(token);
    })
    .join("");
}

function literal(letter: string): string {
  return letter.replace(/[.*+?^${}()|[\]\\/]/, "\\$&");
}
