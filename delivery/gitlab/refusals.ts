import { UserError, type Problem } from "../../model/problem";
import { Refusal } from "../http/service";

/** What was asked of GitLab, for the case that it says no. */
export interface Asked {
  /** `project ministere/demarches/api` */
  readonly what: string;
  /** The environment variable with the token that was shown. */
  readonly token: string;
  /** The scope and the role that the request needs: `read_api and the role Reporter`. */
  readonly needs: string;
  /** What to do about a 404 beside looking at the token. */
  readonly spelling: string;
}

/**
 * Does what asks GitLab, and explains a refusal by what its reader can do about it.
 *
 * @throws UserError
 */
export async function asking<T>(url: string, asked: Asked, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) throw explained(url, asked, error);
    throw error;
  }
}

/** The answer, or nothing where GitLab has no such thing. */
export async function unlessAbsent<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return undefined;
    throw error;
  }
}

function explained(url: string, asked: Asked, refusal: Refusal): UserError {
  const problem: Problem = {
    severity: "error",
    file: url,
    // Of a token that is nobody's, it does not matter what was asked for; it is told once.
    path: refusal.status === 401 ? "" : asked.what,
    value: `${String(refusal.status)} ${refusal.words}`.replace(/^(\d+) \1 /, "$1 "),
    ...meaning(asked, refusal),
  };
  return new UserError([problem]);
}

function meaning(
  { what, token, needs, spelling }: Asked,
  { status, words }: Refusal,
): Pick<Problem, "message" | "fix"> {
  switch (status) {
    case 401:
      return {
        message: "GitLab does not take the token: it is wrong, revoked or expired",
        fix: `make a new one with ${needs}, and give it by ${token}`,
      };
    case 403:
      return {
        message:
          // GitLab's words for insufficient_scope are of privileges.
          /scope|privileges than provided by the access token/.test(words)
            ? "the token's scope does not cover this"
            : "the token's role does not allow this",
        fix: `give one with ${needs} by ${token}`,
      };
    case 404:
      return {
        message: `there is no such ${what.split(" ")[0] ?? ""}, or the token may not see it`,
        fix: `${spelling}; else give a token with ${needs} by ${token}`,
      };
    default:
      return {
        message: status < 400 ? "something stands before GitLab and asks for a log-in" : "GitLab refuses",
        fix: status < 400 ? "give the address of GitLab itself, as it is in its clone URLs" : "do as GitLab says",
      };
  }
}
