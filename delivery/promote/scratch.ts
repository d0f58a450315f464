import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Git } from "../bump/git";
import { commitOn } from "../bump/reapply";
import type { ChangedFile } from "./changed-files";

/** The files of a commit in a folder of their own, beside the checkout. */
export class Scratch {
  private constructor(
    private readonly git: Git,
    readonly tip: string,
    private readonly folder: string,
    /** Where the platform's folder is in the repository: empty, or `platform/`. */
    private readonly prefix: string,
  ) {}

  /** @param git in the platform's folder */
  static async of(git: Git, tip: string): Promise<Scratch> {
    const prefix = await git.get(["rev-parse", "--show-prefix"]);
    const folder = mkdtempSync(join(tmpdir(), "factory-promote-"));
    const scratch = new Scratch(git, tip, folder, prefix);
    mkdirSync(scratch.root, { recursive: true });
    const env = { GIT_INDEX_FILE: join(folder, "index") };
    await git.get(["read-tree", tip], { env });
    await git.get(["checkout-index", "--all", `--prefix=${join(folder, "files")}/`], { env });
    return scratch;
  }

  /** The platform's folder as the commit has it. */
  get root(): string {
    return join(this.folder, "files", this.prefix);
  }

  /** The changed files, as the repository names them. */
  paths(changed: readonly ChangedFile[]): string[] {
    return changed.map(({ file }) => this.prefix + file.name);
  }

  /** Makes a commit on the tip. @returns its id */
  async commit(changed: readonly ChangedFile[], message: string, env: NodeJS.ProcessEnv): Promise<string> {
    const lines: string[] = [];
    for (const [index, path] of this.paths(changed).entries()) {
      const input = changed[index]?.text ?? "";
      const id = await this.git.get(["hash-object", "-w", "--stdin"], { input });
      const [mode = "100644"] = (await this.git.get(["ls-tree", this.tip, "--", `:/${path}`])).split(" ");
      lines.push(`${mode} ${id}\t${path}\0`);
    }
    return commitOn(this.git, this.tip, lines.join(""), message, await this.committer(env));
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** In pipelines nobody has told git who commits; GitLab says who started the job. */
  private async committer(env: NodeJS.ProcessEnv): Promise<Readonly<Record<string, string>>> {
    if ((await this.git.ask(["config", "user.email"])) !== undefined || env["GIT_COMMITTER_EMAIL"]) return {};
    const [name, mail] = [env["GITLAB_USER_NAME"] ?? "factory", env["GITLAB_USER_EMAIL"] ?? "factory@localhost"];
    return { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: mail, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: mail };
  }
}
