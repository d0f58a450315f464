import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { UserError } from "../../model/problem";
import { gitError, literal, openCheckout, type Checkout } from "../bump/checkout";
import { commitFiles } from "../bump/commit";
import { readFiles, writeFiles, type ReadFile } from "../bump/files";
import { Git } from "../bump/git";
import { judge, type Judged } from "../bump/judge";
import { pushCommit, UNREACHED, type Delivery } from "../bump/push";
import type { Request } from "../bump/wanted";
import { backoff } from "../clock";
import type { Patience } from "../http/service";
import { gitConfigOf, patientGit, type GitAccess } from "./git-access";

export interface InfraOptions {
  readonly access: GitAccess;
  readonly branch: string;
  readonly files: readonly string[];
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly env: NodeJS.ProcessEnv;
}

/** What a bump has come to in the infra repository. */
export interface Bumped {
  readonly commit: string;
  /** Whether it was somebody else who has set this version. */
  readonly isThere: boolean;
}

/** A clone of the infra repository of its own, in which nobody works. */
export class InfraClone {
  private constructor(
    private readonly folder: string,
    private readonly git: Git,
    private readonly options: InfraOptions,
  ) {}

  /** @throws UserError when the repository or its branch cannot be had */
  static async open(options: InfraOptions): Promise<InfraClone> {
    const folder = mkdtempSync(join(tmpdir(), "factory-redeploy-"));
    const work = join(folder, "infra");
    mkdirSync(work);
    const clone = new InfraClone(folder, new Git(work), options);
    try {
      await clone.fill();
      return clone;
    } catch (error) {
      clone.close();
      throw error;
    }
  }

  /** What the request makes of the files. Throws a UserError with all that is wrong. */
  judge(request: Request): readonly Judged[] {
    return judge(this.read(), request);
  }

  /**
   * Commits the bump and pushes it; on a race it is made anew, and force is never used.
   *
   * @throws UserError when the server refuses; nothing is left behind then
   */
  async push(judged: readonly Judged[], request: Request, message: string): Promise<Bumped> {
    const changed = judged.filter(({ bumped }) => bumped.edits.length > 0);
    const files = changed.map(({ file }) => file);
    const checkout = { ...(await openCheckout(files)), leftover: "nothing was pushed" };
    writeFiles(
      files,
      changed.map(({ bumped }) => bumped.text),
    );
    await commitFiles(checkout, files, message);
    return this.pushPatiently(checkout, { files, request, message });
  }

  private async pushPatiently(checkout: Checkout, delivery: Delivery): Promise<Bumped> {
    const { branch, signal, patience } = this.options;
    const { clock, outageMs, tell } = patience;
    const [waits, since] = [backoff(500, 10_000), clock.now()];
    for (;;) {
      try {
        const { commit, isThere } = await pushCommit(checkout, { remote: "origin", branch }, delivery, signal);
        return { commit, isThere };
      } catch (error) {
        if (!(error instanceof UserError && error.message.includes(UNREACHED))) throw error;
        const wait = waits.next().value;
        if (clock.now() - since + wait > outageMs) throw error;
        tell(`the server of the infra repository is away: pushing again for ${String(outageMs / 1000)} s`);
        await clock.sleep(wait, signal);
      }
    }
  }

  /** The last commit that has touched the files. */
  lastChange(): Promise<string> {
    return this.git.get(["log", "-1", "--format=%H", "--", ...literal(this.options.files)]);
  }

  /** `4f2a9c1e by Alice: bump shop` */
  describe(commit: string): Promise<string> {
    return this.git.get(["log", "-1", "--format=%h by %an: %s", "--abbrev=8", commit]);
  }

  /** Whether one commit is another, or comes before it; absent where one of them is not known here. */
  async isAncestor(commit: string, descendant: string): Promise<boolean | undefined> {
    const { code } = await this.git.try(["merge-base", "--is-ancestor", commit, descendant]);
    return code === 0 ? true : code === 1 ? false : undefined;
  }

  /** Fetches what has been pushed since. */
  async refresh(): Promise<void> {
    await this.ask(["fetch", "--quiet", "--no-tags", "origin", this.options.branch]);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async fill(): Promise<void> {
    const { access, branch, env } = this.options;
    const config = gitConfigOf(access, this.folder).flatMap(([key, value]) => ["--config", `${key}=${value}`]);
    const what = [
      "clone",
      "--quiet",
      "--no-tags",
      "--single-branch",
      "--branch",
      branch,
      ...config,
      "--",
      access.url,
      ".",
    ];
    try {
      await this.ask(what);
    } catch (error) {
      if (!(error instanceof UserError && /remote branch .* not found/i.test(error.message))) throw error;
      throw gitError(
        access.url,
        "the infra repository has no such branch",
        "correct infra.branch, or push the branch",
        branch,
      );
    }
    await this.nameCommitter(env);
  }

  /** In pipelines nobody has told git who commits; GitLab says who started the job. */
  private async nameCommitter(env: NodeJS.ProcessEnv): Promise<void> {
    if ((await this.git.ask(["config", "user.email"])) !== undefined || env["GIT_COMMITTER_EMAIL"]) return;
    await this.git.get(["config", "user.name", env["GITLAB_USER_NAME"] ?? "factory redeploy"]);
    await this.git.get(["config", "user.email", env["GITLAB_USER_EMAIL"] ?? "factory-redeploy@localhost"]);
  }

  private ask(args: readonly string[]): Promise<string> {
    const { access, patience, signal } = this.options;
    const fix =
      access.credentials === undefined
        ? "correct infra.url; give a token that may read and write by INFRA_GIT_PASSWORD (and INFRA_GIT_USER), or an SSH key"
        : `correct infra.url; give a token that may read and write by ${access.credentials.variable.replace(/_FILE$/, "")}`;
    return patientGit(this.git, args, { name: "the infra repository", url: access.url, fix, patience, signal });
  }

  /** The files, under their names in the repository. */
  private read(): readonly ReadFile[] {
    const prefix = this.git.folder + sep;
    const name = (path: string): string => (path.startsWith(prefix) ? path.slice(prefix.length) : path);
    try {
      const files = readFiles(this.options.files.map((file) => prefix + file)).map((file) => ({
        ...file,
        name: name(file.name),
      }));
      const stray = files.find(({ real }) => !real.startsWith(prefix));
      if (stray !== undefined) {
        throw gitError(stray.name, "it is a link that leads out of the infra repository", "name the file itself");
      }
      return files;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw new UserError(error.problems.map((problem) => ({ ...problem, file: name(problem.file) })));
    }
  }
}
