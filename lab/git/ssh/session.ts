import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { layoutOf } from "../../layout";
import { shellQuote } from "../../process/node-program";
import { judgeAccess, readAccess } from "../access";
import { gitFiles } from "../files";
import { gitEnvironment, repositoryFolder, repositoryPath } from "../repositories";

/**
 * What an SSH session runs in place of the client's command: that command by git-shell, where the user may.
 * Arguments: the lab's state folder, the user whose key was shown.
 */
const [stateDir = "", user = ""] = process.argv.slice(2);
const files = gitFiles(layoutOf(stateDir));
const notFound = "ERROR: The project you were looking for could not be found or you don't have permission to view it.";
const readOnly = "ERROR: You are not allowed to push code to this project.";

function refuse(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

function serve(): void {
  const asked = process.env["SSH_ORIGINAL_COMMAND"];
  if (asked === undefined) {
    process.stdout.write(`Welcome, ${user}! There is no shell here, only Git.\n`);
    return;
  }
  const [, service = "", name = ""] = /^git[- ](upload-pack|receive-pack) '([^']+)'$/.exec(asked) ?? [];
  if (service === "") {
    refuse("ERROR: only git-upload-pack and git-receive-pack can be run here.");
    return;
  }
  const path = repositoryPath(name);
  const need = service === "upload-pack" ? "read" : "write";
  const folder = path === undefined ? undefined : repositoryFolder(files, path);
  const verdict =
    path !== undefined && folder !== undefined && existsSync(folder)
      ? judgeAccess(readAccess(files.access), path, user, need)
      : "not found";
  if (verdict !== "allowed" || folder === undefined) {
    refuse(verdict === "read only" ? readOnly : notFound);
    return;
  }
  const { GIT_PROTOCOL } = process.env;
  const env = {
    ...gitEnvironment(files),
    ...(GIT_PROTOCOL !== undefined && { GIT_PROTOCOL }),
    // Hooks learn by it who pushes, as they do by HTTP.
    REMOTE_USER: user,
  };
  const child = spawn("git-shell", ["-c", `git-${service} ${shellQuote(folder)}`], {
    env,
    stdio: "inherit",
  });
  child.on("error", (error) => {
    refuse(`ERROR: git-shell could not be started: ${error.message}`);
  });
  child.on("exit", (code) => {
    process.exitCode = code ?? 1;
  });
}

serve();
