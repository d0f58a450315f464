/** Stands in a problem for a value that is not repeated. */
export const HIDDEN_VALUE = "(not shown: it may hold a password)";

/** What should be a URL, as a problem may repeat it: not when a user and a password may stand before an @. */
export function shownUrl(text: string): string {
  return text.includes("@") ? HIDDEN_VALUE : text;
}
