import { execFile } from "node:child_process";

export interface GitRun {
  readonly code: number;
  readonly stdout: string;
  /** Also what the server has to say. */
  readonly stderr: string;
}

/** Nothing of the machine's and the user's configuration counts, and nobody is asked for a password. */
const isolated = {
  PATH: process.env["PATH"] ?? "",
  HOME: "/nonexistent",
  LC_ALL: "C",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
  GIT_AUTHOR_NAME: "Developer",
  GIT_AUTHOR_EMAIL: "developer@example.org",
  GIT_COMMITTER_NAME: "Developer",
  GIT_COMMITTER_EMAIL: "developer@example.org",
};

/** Runs the real git client; `env` is added to its environment. */
export function runGit(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<GitRun> {
  return new Promise((resolve, reject) => {
    execFile("git", args, { env: { ...isolated, ...env }, encoding: "utf8" }, (error, stdout, stderr) => {
      const code = error?.code ?? 0;
      if (typeof code === "number") resolve({ code, stdout: stdout.trim(), stderr: stderr.trim() });
      else reject(error ?? new Error(code));
    });
  });
}

/** The same, for what has to succeed: gives back its output and throws with git's own words. */
export async function git(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { code, stdout, stderr } = await runGit(args, env);
  if (code !== 0) throw new Error(`git ${args.join(" ")} ended with ${String(code)}: ${stderr}`);
  return stdout;
}
