import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** Somebody, or a program, that the server knows. */
export interface GitUser {
  /** For HTTP Basic; without it the user has no way in by HTTP. */
  readonly password?: string;
  /** Public keys, each as a line of a `.pub` file. @default none */
  readonly keys?: readonly string[];
}

/** What holds for the repositories below a path; of several rules the one with the longest path holds. */
export interface AccessRule {
  /** A repository or a group of them: `acme`, `acme/shop`; empty for all. */
  readonly path: string;
  /** Whether everybody may read. @default false */
  readonly public?: boolean;
  /** Users who may read. @default none */
  readonly readers?: readonly string[];
  /** Users who may read and write. @default none */
  readonly writers?: readonly string[];
}

export interface Access {
  readonly users: Readonly<Record<string, GitUser>>;
  readonly rules: readonly AccessRule[];
}

/** How the server answers a request for a repository, in GitLab's way: what somebody may not see is not there. */
export type Verdict = "allowed" | "log in" | "not found" | "read only";

/** @param user absent for somebody who has not said who they are */
export function judgeAccess(access: Access, path: string, user: string | undefined, need: "read" | "write"): Verdict {
  const rule = ruleFor(access, path);
  const writes = user !== undefined && (rule?.writers?.includes(user) ?? false);
  const reads = writes || rule?.public === true || (user !== undefined && (rule?.readers?.includes(user) ?? false));
  if (need === "write" ? writes : reads) return "allowed";
  if (user === undefined) return "log in";
  return reads ? "read only" : "not found";
}

/** Whether the password is the user's. */
export function isPassword(access: Access, user: string, password: string): boolean {
  const known = Object.hasOwn(access.users, user) ? access.users[user] : undefined;
  return known?.password !== undefined && known.password === password;
}

/** Read at every request: a change holds at once. */
export function readAccess(file: string): Access {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Access) : { users: {}, rules: [] };
}

export function writeAccess(file: string, access: Access): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(access, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function ruleFor({ rules }: Access, path: string): AccessRule | undefined {
  return rules
    .filter((rule) => rule.path === "" || path === rule.path || path.startsWith(`${rule.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
}
