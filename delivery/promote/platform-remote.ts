import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitError } from "../bump/checkout";
import { withoutCredentials, type Git } from "../bump/git";
import { isConnectionFault } from "../bump/push";
import { systemClock } from "../clock";
import { gitConfigOf, patientGit, type GitAccess } from "../redeploy/git-access";

const REMEDY =
  "give a token of the scope api and the role Developer by FACTORY_GITLAB_TOKEN, or an SSH key; see that no rule forbids the branch";

/** What a remote of the platform's repository has. */
export interface RemoteHeads {
  readonly target: string;
  /** Absent where there is no such branch yet. */
  readonly branch?: string;
}

/** The server of the platform's repository, which is read and written past the checkout: that stays as it is. */
export class PlatformRemote {
  private readonly config: readonly string[];
  private readonly folder = mkdtempSync(join(tmpdir(), "factory-promote-"));
  private readonly ref = `refs/factory-promote/${String(process.pid)}`;

  constructor(
    readonly git: Git,
    private readonly access: GitAccess,
    private readonly tell: (line: string) => void,
    private readonly signal: AbortSignal,
  ) {
    this.config = gitConfigOf(access, this.folder).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  }

  /** Where the branches are at now. Throws a UserError where the target is not there, or the server refuses. */
  async heads(target: string, branch: string): Promise<RemoteHeads> {
    const out = await this.ask(["ls-remote", this.access.url, `refs/heads/${target}`, `refs/heads/${branch}`]);
    const at = new Map(out.split("\n").map((line) => line.split("\t").reverse() as [string, string]));
    const [found, own] = [at.get(`refs/heads/${target}`), at.get(`refs/heads/${branch}`)];
    if (found !== undefined) return { target: found, ...(own !== undefined && { branch: own }) };
    throw gitError(this.access.url, "there is no such branch to merge into", "correct --target-branch", target);
  }

  /** Has these commits here. They are in no branch of the clone. */
  async fetch(branches: readonly string[]): Promise<void> {
    const specs = branches.map((branch, index) => `+refs/heads/${branch}:${this.ref}/${String(index)}`);
    await this.ask(["fetch", "--quiet", "--no-tags", this.access.url, ...specs]);
  }

  /**
   * Sets a branch of ours.
   *
   * @param was absent for a new branch
   * @returns false where it is not any more where it was
   * @throws UserError with the server's words when it refuses
   */
  async push(branch: string, commit: string, was: string | undefined): Promise<boolean> {
    const lease = `--force-with-lease=refs/heads/${branch}:${was ?? ""}`;
    const args = ["push", "--porcelain", lease, this.access.url, `${commit}:refs/heads/${branch}`];
    const { code, out, said } = await this.git.try([...this.config, ...args], { signal: this.signal });
    if (code === 0) return true;
    if (/stale info|cannot lock ref/.test(out + said)) return false;
    const lines = said.split("\n");
    const server = lines.filter((line) => /^remote: *\S/.test(line));
    const words = (server.length > 0 ? server : lines).join("\n           ");
    const message = isConnectionFault({ said })
      ? "the server cannot be reached for the push"
      : "the server refused the push";
    throw gitError(branch, message, REMEDY, words);
  }

  /** Forgets what was fetched. */
  async close(): Promise<void> {
    const refs = (await this.git.ask(["for-each-ref", "--format=%(refname)", this.ref])) ?? "";
    for (const ref of refs.split("\n").filter((one) => one !== "")) await this.git.try(["update-ref", "-d", ref]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private ask(args: readonly string[]): Promise<string> {
    return patientGit(this.git, [...this.config, ...args], {
      name: "the platform's repository",
      url: withoutCredentials(this.access.url),
      fix: REMEDY,
      patience: { clock: systemClock, outageMs: 10_000, tell: this.tell },
      signal: this.signal,
    });
  }
}
