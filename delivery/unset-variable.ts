import type { Problem } from "../model/problem";

/** An environment variable that a command needs is not there. */
export function unsetVariable(name: string, allowed: string, fix: string): Problem {
  return { severity: "error", file: "environment", path: name, message: "the variable is not set", allowed, fix };
}
