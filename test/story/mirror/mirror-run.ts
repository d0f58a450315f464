import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { git } from "../support/git-client";
import { GitServer, login } from "./git-server";

const script = join(__dirname, "..", "..", "..", "mirror", "repository", "mirror.sh");

export interface MirrorRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Variables of the pipeline; undefined takes one away. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Runs mirror.sh as a runner does: in a folder of its own, with these variables in the environment. */
function runMirrorScript(folder: string, variables: Variables): Promise<MirrorRun> {
  const env = {
    PATH: process.env["PATH"],
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    CI_PROJECT_DIR: folder,
    ...variables,
  };
  return new Promise((resolve, reject) => {
    execFile("sh", [script], { cwd: folder, env, encoding: "utf8" }, (error, out, err) => {
      const code = error?.code ?? 0;
      if (typeof code === "number") resolve({ code, out, err });
      else reject(error ?? new Error(code));
    });
  });
}

/** A source, a platform with an empty repository, a developer's clone of the source, and a runner's folder. */
export class MirrorWorld {
  private constructor(
    readonly folder: string,
    readonly source: GitServer,
    readonly platform: GitServer,
    readonly clone: string,
  ) {}

  static async create(options: { readonly tls?: boolean } = {}): Promise<MirrorWorld> {
    const folder = mkdtempSync(join(tmpdir(), "mirror-"));
    const source = await GitServer.start(join(folder, "source"), "team/shop", options);
    const platform = await GitServer.start(join(folder, "platform"), "acme/shop", options);
    const clone = join(folder, "clone");
    await git(["clone", "--quiet", source.folder, clone]);
    await git(["-C", clone, "checkout", "--quiet", "-b", "main"]);
    mkdirSync(join(folder, "runner"));
    return new MirrorWorld(folder, source, platform, clone);
  }

  /** What an earlier run left with the runner. */
  get cache(): string {
    return join(this.folder, "runner", ".mirror", "shop.git");
  }

  run(variables: Variables = {}): Promise<MirrorRun> {
    return runMirrorScript(join(this.folder, "runner"), { ...this.variables(), ...variables });
  }

  /** Commits a file in the developer's clone. @returns the commit */
  async commit(text: string, file = "file.txt"): Promise<string> {
    mkdirSync(dirname(join(this.clone, file)), { recursive: true });
    writeFileSync(join(this.clone, file), text);
    await this.git("add", "--all");
    await this.git("commit", "--quiet", "--message", text);
    return this.git("rev-parse", "HEAD");
  }

  /** Runs git in the developer's clone. */
  git(...args: string[]): Promise<string> {
    return git(["-C", this.clone, ...args]);
  }

  /** Pushes to the source, by force. */
  async push(...refs: string[]): Promise<void> {
    await this.git("push", "--quiet", "--force", "origin", ...refs);
  }

  async close(): Promise<void> {
    await Promise.all([this.source.close(), this.platform.close()]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private variables(): Variables {
    const { source, platform } = this;
    return {
      PROJECT_NAME: "shop",
      GIT_INPUT_URL: source.url,
      GIT_INPUT_USER: login.user,
      GIT_INPUT_PASSWORD: login.password,
      GIT_INPUT_CA: source.ca,
      GIT_OUTPUT_URL: platform.url,
      GIT_OUTPUT_USER: login.user,
      GIT_OUTPUT_PASSWORD: login.password,
      GIT_OUTPUT_CA: platform.ca,
    };
  }
}
