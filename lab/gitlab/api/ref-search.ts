/** Whether a branch or tag is searched for: `text` anywhere in the name, `^text` at its beginning, `text$` at its end. */
export function matchesSearch(name: string, search: string | undefined): boolean {
  if (search === undefined) return true;
  const wanted = search.replace(/^\^|\$$/g, "").toLowerCase();
  const found = name.toLowerCase();
  if (search.startsWith("^") && !found.startsWith(wanted)) return false;
  return search.endsWith("$") ? found.endsWith(wanted) : found.includes(wanted);
}
