import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../model/problem";
import { gitError } from "../bump/checkout";
import { Git } from "../bump/git";
import type { GitLabApi } from "../gitlab/gitlab-api";
import type { Patience } from "../http/service";
import { gitConfigOf, patientGit, type GitAccess } from "./git-access";
import type { Plan } from "./plan";

export interface CommitSource {
  readonly plan: Plan;
  readonly gitlab?: GitLabApi;
  readonly access: GitAccess;
  /** Where an abbreviated commit is looked up: the folder of redeploy.yaml. */
  readonly folder: string;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

/**
 * The commit to deliver, in full.
 *
 * @param asked what `--commit` says. @default the head of the app repository's branch, where the team works
 * @throws UserError when there is no such commit or branch
 */
export async function resolveCommit(asked: string | undefined, source: CommitSource): Promise<string> {
  if (asked === undefined) return headOfApp(source);
  if (/^[0-9a-f]{40}$/.test(asked)) return asked;
  const found = await new Git(source.folder).ask([
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${asked}^{commit}`,
  ]);
  if (found !== undefined) return found;
  throw new UserError([
    {
      severity: "error",
      file: "factory redeploy",
      path: "--commit",
      value: asked,
      message: `no such commit is in the checkout ${source.folder}`,
      allowed: "40 hexadecimal digits; in a checkout of the app repository also a branch, a tag or the first digits",
      fix: 'write the commit in full: --commit "$(git rev-parse HEAD)", in GitLab CI $CI_COMMIT_SHA',
    },
  ]);
}

async function headOfApp({ plan, gitlab, access, patience, signal }: CommitSource): Promise<string> {
  const { app } = plan;
  if (app.onPlatform && gitlab !== undefined) {
    const head = await gitlab.branchHead(await gitlab.project(app.path ?? ""), app.branch);
    if (head === undefined) throw noBranch(app.url, app.branch);
    return head;
  }
  const folder = mkdtempSync(join(tmpdir(), "factory-redeploy-"));
  try {
    const config = gitConfigOf(access, folder).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
    const heads = await patientGit(new Git(folder), [...config, "ls-remote", access.url, `refs/heads/${app.branch}`], {
      name: "the app repository",
      url: access.url,
      fix: "correct app.url, or give a token that may read it by APP_GIT_PASSWORD (and APP_GIT_USER)",
      patience,
      signal,
    });
    const head = /^[0-9a-f]{40}/.exec(heads)?.[0];
    if (head === undefined) throw noBranch(app.url, app.branch);
    return head;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function noBranch(url: string, branch: string): UserError {
  return gitError(url, "the app repository has no such branch", "correct app.branch, or push the branch", branch);
}
