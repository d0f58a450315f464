import { createHash, randomBytes } from "node:crypto";

/** The beginnings by which GitLab's tokens are known. */
const tokenPrefix = {
  personal: "glpat-",
  group: "glpat-",
  project: "glpat-",
  deploy: "gldt-",
  trigger: "glptt-",
  job: "glcbt-",
  runner: "GR1348941",
} as const;

/** A new token: its prefix and 20 characters of letters, digits, `-` and `_`. */
export function newToken(kind: keyof typeof tokenPrefix): string {
  return tokenPrefix[kind] + randomBytes(15).toString("base64url");
}

/** What is kept of a token. */
export function digestOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
