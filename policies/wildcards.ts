/** What Argo CD's patterns of names, URLs and namespaces know: `*`, `?`, `[a-z]`, `{a,b}`, and `!` for all but these. */
const WILDCARD = /[*?[{]/;

export function hasWildcard(pattern: string): boolean {
  return WILDCARD.test(pattern);
}

/**
 * Whether a pattern says what is not meant. Argo CD takes it for a match of everything else, also beside entries that
 * allow little: https://github.com/argoproj/argo-cd/blob/v3.2.6/pkg/apis/application/v1alpha1/app_project_types.go
 */
export function isNegated(pattern: string): boolean {
  return pattern.startsWith("!");
}

/** Whether a pattern of `*` alone, such as `kube-*`, means a name. */
export function matchesStar(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}
