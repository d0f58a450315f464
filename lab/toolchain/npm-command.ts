import { spawn } from "node:child_process";
import { appendFile } from "node:fs/promises";
import { onInterrupt } from "./interrupts";

export interface NpmOptions {
  readonly cwd: string;
  /** The user's environment: npm takes the registry, proxies and its cache from it and from the user's `.npmrc`. */
  readonly env: NodeJS.ProcessEnv;
  /** A file to which the command and what npm says are added. */
  readonly log: string;
}

/** npm is not on PATH. */
export class NpmMissing extends Error {}

/**
 * Runs `npm ci`, install scripts included, and returns whether it worked and what npm said. Only a missing npm throws
 * (`NpmMissing`). npm and the compilers that it starts are a process group of their own, which ends with this process.
 */
export async function runNpmCi({ cwd, env, log }: NpmOptions): Promise<{ ok: boolean; output: string }> {
  const args = [
    "ci",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--ignore-scripts=false",
    "--foreground-scripts",
  ];
  const result = await new Promise<{ ok: boolean; output: string }>((resolve, reject) => {
    const child = spawn("npm", args, {
      cwd,
      env: npmEnvironment(env),
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const forget = onInterrupt(() => {
      output += "\ninterrupted\n";
      endGroup(child.pid);
    });
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.on("error", (error: NodeJS.ErrnoException) => {
      forget();
      reject(error.code === "ENOENT" ? new NpmMissing() : error);
    });
    child.on("close", (code) => {
      forget();
      resolve({ ok: code === 0, output });
    });
  });
  // On a full disk the log cannot be written either, and the result tells why.
  await appendFile(log, `$ npm ${args.join(" ")}\n${result.output}`).catch(() => undefined);
  return result;
}

/**
 * re2 would download a compiled file that no checksum pins; it is compiled from its pinned sources instead. What an
 * outer `npm run` has put into the environment is about another package.
 */
function npmEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => !/^npm_(package|lifecycle|command|config_local_prefix)/.test(name),
  );
  return { ...Object.fromEntries(kept), DEVELOPMENT_SKIP_GETTING_ASSET: "true", NODE_ENV: "production" };
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGTERM");
  } catch {
    // It ended by itself.
  }
}
