import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { shellQuote } from "../../process/node-program";
import { type Access, readAccess, writeAccess } from "../access";
import type { GitFiles } from "../files";

/**
 * Lets a change of the access rules hold for HTTP and SSH. sshd reads the keys at every login, so that nothing need be
 * started anew.
 */
export function changeAccess(files: GitFiles, change: (access: Access) => Access): void {
  const access = change(readAccess(files.access));
  mkdirSync(dirname(files.authorizedKeys), { recursive: true, mode: 0o700 });
  writeAccess(files.access, access);
  writeFileSync(`${files.authorizedKeys}.new`, authorizedKeys(access, files.session), { mode: 0o600 });
  renameSync(`${files.authorizedKeys}.new`, files.authorizedKeys);
}

/** One line for each key: whoever shows it gets a session as its user, and nothing but the session's command. */
export function authorizedKeys({ users }: Access, session: string): string {
  const lines = Object.entries(users).flatMap(([user, { keys = [] }]) =>
    keys.map((key) => {
      const command = `${shellQuote(session)} ${shellQuote(user)}`.replaceAll('"', '\\"');
      return `restrict,command="${command}" ${key.trim()}\n`;
    }),
  );
  return lines.join("");
}
