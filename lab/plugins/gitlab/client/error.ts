/** GitLab's refusal, worded as the official provider words it: `POST https://…/groups: 400 {message: {…}}`. */
export class GitLabError extends Error {
  constructor(
    method: string,
    url: string,
    readonly status: number,
    body: string,
  ) {
    const reason = describe(body);
    super(`${method} ${url}: ${status}${reason === "" ? "" : ` ${reason}`}`);
    this.name = "GitLabError";
  }
}

/** Whether the error says that what was asked for does not exist, or may not be seen. */
export function isNotFound(error: unknown): boolean {
  return error instanceof GitLabError && error.status === 404;
}

/** A JSON body without quotes: `{message: {path: [has already been taken]}}`. Any other body on one line, cut short. */
function describe(body: string): string {
  try {
    return plain(JSON.parse(body));
  } catch {
    return body.replace(/\s+/g, " ").trim().slice(0, 300);
  }
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plain).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const members = Object.entries(value).map(([key, member]) => `{${key}: ${plain(member)}}`);
  return members.sort().join(", ");
}
