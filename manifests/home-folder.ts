import { userInfo } from "node:os";

/** The user's home folder: `$HOME`, and where that is unset or empty, what the system knows of the user. */
export function homeFolder(env: NodeJS.ProcessEnv = process.env): string {
  return env["HOME"] || userInfo().homedir;
}
