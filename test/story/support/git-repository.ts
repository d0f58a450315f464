import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AccessRule, GitUser } from "../../../lab/git/access";
import { gitFiles, gitHostNames } from "../../../lab/git/files";
import { gitLogin } from "../../../lab/git/part";
import { createRepository, defaultBranch } from "../../../lab/git/repositories";
import { changeAccess } from "../../../lab/git/ssh/authorized-keys";
import { type Webhook, writeWebhooks } from "../../../lab/git/webhooks/webhook";
import { layoutOf } from "../../../lab/layout";
import { addressOf } from "../../../lab/network/lab-network";
import { readSettings } from "../../../lab/settings";
import { git } from "./git-client";

/** A lab whose part `git` runs: a `Story`, a `Lab`. */
export interface GitLab {
  readonly stateDir: string;
}

/** Contents by path; `undefined` removes the file. */
export type RepositoryFiles = Readonly<Record<string, string | undefined>>;

/** Adds users to the lab's Git server, or replaces them. */
export function addGitUsers(lab: GitLab, users: Readonly<Record<string, GitUser>>): void {
  changeAccess(gitFiles(layoutOf(lab.stateDir)), (access) => ({ ...access, users: { ...access.users, ...users } }));
}

/** The address of the lab's Git server: `127.10.0.7`. */
export function gitAddress(lab: GitLab): string {
  const settings = readSettings(layoutOf(lab.stateDir));
  if (settings?.block === undefined) throw new Error("no part of the lab was started");
  return addressOf({ block: settings.block }, "git");
}

/** A repository on the lab's Git server and a clone of it, in which a developer works with the real git client. */
export class GitRepository {
  private constructor(
    /** `acme/shop` */
    readonly path: string,
    private readonly lab: GitLab,
    private readonly clone: string,
  ) {}

  /**
   * Makes a repository and pushes a first commit with these files to its branch `main`.
   * @param access who may read and write beside the developer of the lab; by default everybody may read
   */
  static async create(
    lab: GitLab,
    path: string,
    files: RepositoryFiles,
    access: Omit<AccessRule, "path"> = { public: true },
  ): Promise<GitRepository> {
    const server = gitFiles(layoutOf(lab.stateDir));
    await createRepository(server, path);
    const rule = { path, ...access, writers: [gitLogin.user, ...(access.writers ?? [])] };
    changeAccess(server, ({ users, rules }) => ({
      users,
      rules: [...rules.filter((other) => other.path !== path), rule],
    }));
    const clone = join(lab.stateDir, "clones", path);
    rmSync(clone, { recursive: true, force: true });
    mkdirSync(clone, { recursive: true });
    const repository = new GitRepository(path, lab, clone);
    await repository.git("init", "--quiet", `--initial-branch=${defaultBranch}`);
    const login = `${gitLogin.user}:${gitLogin.password}`;
    await repository.git("remote", "add", "origin", `http://${login}@${gitAddress(lab)}/${path}.git`);
    await repository.commit(files, "the first files");
    return repository;
  }

  /** Where clients find it, by the server's first name (default), another one or its address. */
  url(transport: "http" | "https" | "ssh" = "http", host: string = gitHostNames[0]): string {
    return `${transport}://${transport === "ssh" ? "git@" : ""}${host}/${this.path}.git`;
  }

  /** Runs git in the clone. Throws when it fails. */
  git(...args: string[]): Promise<string> {
    return git(["-C", this.clone, ...args]);
  }

  /** Changes files, and pushes the commit to the current branch. @returns the commit */
  async commit(files: RepositoryFiles, message = "a change"): Promise<string> {
    this.write(files);
    await this.git("add", "--all");
    await this.git("commit", "--quiet", "--allow-empty", "--message", message);
    return this.push();
  }

  /** Puts another commit in the place of the last one, and pushes it by force. @returns the commit */
  async replaceLastCommit(files: RepositoryFiles, message = "another change"): Promise<string> {
    this.write(files);
    await this.git("add", "--all");
    await this.git("commit", "--quiet", "--allow-empty", "--amend", "--message", message);
    return this.push("--force");
  }

  /** Goes to a branch, which is made from the current one and pushed where it is not there yet. */
  async branch(name: string): Promise<void> {
    const isThere = (await this.git("branch", "--list", name)) !== "";
    await this.git("checkout", "--quiet", ...(isThere ? [name] : ["-b", name]));
    if (!isThere) await this.push();
  }

  /** Puts a tag on the current commit, moving it from an earlier one, and pushes it. */
  async tag(name: string): Promise<void> {
    await this.git("tag", "--force", name);
    await this.git("push", "--quiet", "--force", "origin", `refs/tags/${name}`);
  }

  /** The current commit. */
  head(): Promise<string> {
    return this.git("rev-parse", "HEAD");
  }

  /** Has the server tell these of each push, in the place of any earlier ones. */
  setWebhooks(...webhooks: Webhook[]): void {
    writeWebhooks(join(gitFiles(layoutOf(this.lab.stateDir)).repositories, `${this.path}.git`), webhooks);
  }

  private async push(...flags: string[]): Promise<string> {
    await this.git("push", "--quiet", ...flags, "origin", "HEAD");
    return this.head();
  }

  private write(files: RepositoryFiles): void {
    for (const [name, text] of Object.entries(files)) {
      const file = join(this.clone, name);
      mkdirSync(dirname(file), { recursive: true });
      if (text !== undefined) writeFileSync(file, text);
      else if (existsSync(file)) rmSync(file);
    }
  }
}
