import { spawn } from "node:child_process";

/** How a run of git ended. */
export interface GitResult {
  /** Absent when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  /** What it said, without credentials. */
  readonly said: string;
}

export interface GitOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A user and a password in a URL, and the headers by which pipelines give tokens. */
export function withoutCredentials(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/'"]*@/gi, "$1")
    .replace(/(authorization: *)[^\r\n]*/gi, "$1(not shown)");
}

/** The user's environment, without what would print credentials, and in the language that is read here. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^GIT_(?:TRACE|CURL_VERBOSE|INDEX_FILE$)/.test(name));
  // Without a person there, a question for a password would wait for ever.
  const silent = process.stdin.isTTY ? {} : { GIT_TERMINAL_PROMPT: "0" };
  return { ...Object.fromEntries(kept), ...silent, LC_ALL: "C" };
}

/** The real `git`, in a folder. */
export class Git {
  constructor(readonly folder: string) {}

  /** Runs git, whatever it answers. */
  async try(args: readonly string[], { input, env, signal }: GitOptions = {}): Promise<GitResult> {
    const child = spawn("git", ["-C", this.folder, "-c", "core.quotePath=false", ...args], {
      env: { ...environment(), ...env },
      stdio: ["pipe", "pipe", "pipe"],
      ...(signal !== undefined && { signal }),
    });
    const [out, said]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
    // What git does not read any more, because it has failed, is no fault of its own.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input ?? "");
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", (error) => {
        // After an abort, what git has started may hold its output open for as long as the server takes.
        child.stdout.destroy();
        child.stderr.destroy();
        reject(error);
      });
      child.on("close", resolve);
    });
    return {
      code,
      out: Buffer.concat(out).toString("utf8"),
      said: withoutCredentials(Buffer.concat(said).toString("utf8")).trim(),
    };
  }

  /** What git prints; absent when it says no. */
  async ask(args: readonly string[], options?: GitOptions): Promise<string | undefined> {
    const { code, out } = await this.try(args, options);
    return code === 0 ? out.replace(/\n$/, "") : undefined;
  }

  /** What git prints. Throws a bug when it says no. */
  async get(args: readonly string[], options?: GitOptions): Promise<string> {
    const { code, out, said } = await this.try(args, options);
    if (code !== 0) throw new Error(`git ${args[0] ?? ""} ended with ${String(code)}: ${said}`);
    return out.replace(/\n$/, "");
  }
}
