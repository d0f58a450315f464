import { gitHostNames, gitWebUrl } from "../files";
import type { CommitInfo } from "./commits";

/** A ref that a push has moved. A commit of zeros says that it was not there, or is not there any more. */
export interface RefChange {
  readonly before: string;
  readonly after: string;
  /** `refs/heads/main`, `refs/tags/v1.0.0`. */
  readonly ref: string;
}

export interface PushedProject {
  /** `acme/shop` */
  readonly path: string;
  readonly defaultBranch: string;
  readonly user: string;
  /** Where it is on the web, without `.git`. @default on the lab's Git server */
  readonly webUrl?: string;
  /** Where it is by SSH. @default on the lab's Git server */
  readonly sshUrl?: string;
}

/** What a push event says, in the order in which GitLab's documentation has it. */
export interface PushEventBody extends Readonly<Record<string, unknown>> {
  readonly project: Readonly<Record<string, unknown>>;
}

export const noCommit = "0".repeat(40);

/** What GitLab sends for a change of a branch or a tag: the value of X-Gitlab-Event, and the body. */
export function pushEvent(
  change: RefChange,
  project: PushedProject,
  commits: readonly CommitInfo[],
): { readonly event: string; readonly body: PushEventBody } {
  const { path, defaultBranch, user } = project;
  const isTag = change.ref.startsWith("refs/tags/");
  const [kind, event] = isTag ? ["tag_push", "Tag Push Hook"] : ["push", "Push Hook"];
  const webUrl = project.webUrl ?? `${gitWebUrl}/${path}`;
  const httpUrl = `${webUrl}.git`;
  const sshUrl = project.sshUrl ?? `git@${gitHostNames[0]}:${path}.git`;
  const name = path.slice(path.lastIndexOf("/") + 1);
  const body = {
    object_kind: kind,
    event_name: kind,
    before: change.before,
    after: change.after,
    ref: change.ref,
    checkout_sha: change.after === noCommit ? null : change.after,
    user_name: user,
    user_username: user,
    project: {
      name,
      web_url: webUrl,
      git_ssh_url: sshUrl,
      git_http_url: httpUrl,
      namespace: path.split("/").slice(0, -1).join("/"),
      path_with_namespace: path,
      default_branch: defaultBranch,
      homepage: webUrl,
      url: sshUrl,
      ssh_url: sshUrl,
      http_url: httpUrl,
    },
    repository: { name, url: sshUrl, homepage: webUrl, git_http_url: httpUrl, git_ssh_url: sshUrl },
    commits: commits.map((commit) => ({ ...commit, url: `${webUrl}/-/commit/${commit.id}` })),
    total_commits_count: commits.length,
  };
  return { event, body };
}
