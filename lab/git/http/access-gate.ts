import { existsSync } from "node:fs";
import { isPassword, judgeAccess, readAccess } from "../access";
import type { GitFiles } from "../files";
import { repositoryFolder } from "../repositories";
import type { GitGate } from "./gate";

/** The gate of the lab's Git server: the users and rules of its file `access.json`. */
export function accessGate(files: GitFiles): GitGate {
  return ({ path, need, login }) => {
    const access = readAccess(files.access);
    if (login !== undefined && !isPassword(access, login.user, login.password)) return { verdict: "log in" };
    const isThere = path !== undefined && existsSync(repositoryFolder(files, path));
    // Whoever has not logged in does not learn what is there.
    if (!isThere) return { verdict: login === undefined ? "log in" : "not found" };
    const verdict = judgeAccess(access, path, login?.user, need);
    if (verdict !== "allowed") return { verdict };
    return { verdict, path, folder: `${path}.git`, ...(login !== undefined && { user: login.user }) };
  };
}
