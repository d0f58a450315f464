import { spawn } from "node:child_process";

/** git has ended with another code than 0. */
export class GitFailure extends Error {
  constructor(
    readonly args: readonly string[],
    readonly exitCode: number | null,
    readonly stderr: string,
    /** git tells conflicts on its standard output. */
    readonly stdout: string,
  ) {
    super(`git ${args[0] ?? ""} ended with ${String(exitCode)}: ${stderr.trim()}`);
    this.name = "GitFailure";
  }
}

export interface GitRun {
  /** What git reads. @default nothing */
  readonly input?: string | Buffer;
  /** Beside the repository's own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A bare repository, and git at work in it. */
export class Repository {
  constructor(
    readonly folder: string,
    /** The whole environment of git: nothing of the process's own counts. */
    readonly env: Readonly<Record<string, string>>,
    /** git's path. */
    private readonly program = "git",
  ) {}

  /** What git writes. Throws a `GitFailure`. */
  bytes(args: readonly string[], { input, env }: GitRun = {}): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.program, args, { cwd: this.folder, env: { ...this.env, ...env } });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
      child.on("error", reject);
      child.on("close", (code) => {
        const [stdout, stderr] = [Buffer.concat(out), Buffer.concat(err)];
        if (code === 0) resolve(stdout);
        else reject(new GitFailure(args, code, stderr.toString(), stdout.toString()));
      });
      // git may end before it has read everything, and tells why by its code.
      child.stdin.on("error", () => undefined);
      child.stdin.end(input);
    });
  }

  /** What git writes, as text without the last line's end. Throws a `GitFailure`. */
  async text(args: readonly string[], run?: GitRun): Promise<string> {
    return (await this.bytes(args, run)).toString("utf8").replace(/\n$/, "");
  }

  /** As `text`; undefined where git says no. */
  async maybe(args: readonly string[], run?: GitRun): Promise<string | undefined> {
    try {
      return await this.text(args, run);
    } catch (error) {
      if (error instanceof GitFailure) return undefined;
      throw error;
    }
  }

  /** The commit of a branch, a tag, a commit's (short) name or an expression such as `main~2`. */
  commit(revision: string): Promise<string | undefined> {
    return this.object(`${revision}^{commit}`);
  }

  /** The commit of a branch by its short name. */
  branch(name: string): Promise<string | undefined> {
    return this.object(`refs/heads/${name}^{commit}`);
  }

  /** The name of any object. */
  async object(expression: string): Promise<string | undefined> {
    // git takes an empty name for HEAD's, and what begins with a dash for an option.
    if (/^(\^|:|-|$)/.test(expression)) return undefined;
    return this.maybe(["rev-parse", "--verify", "--quiet", "--end-of-options", expression]);
  }

  async isEmpty(): Promise<boolean> {
    return (await this.text(["for-each-ref", "--count=1", "refs/heads"])) === "";
  }
}
