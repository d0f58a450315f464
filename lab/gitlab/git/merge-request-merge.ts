import { noCommit } from "../../git/webhooks/push-event";
import { projectPath } from "../auth/paths";
import { timestamp, type GitLabContext } from "../context";
import type { MergeRequest } from "../store/merge-requests";
import type { User } from "../store/people";
import type { Project } from "../store/places";
import { CommitRefused } from "./file-actions";
import { mergeBase, mergeTrees } from "./merge";
import { mergeMethod } from "./merge-status";
import { recordPush } from "./record-push";
import { moveRef } from "./refs";
import type { Repository } from "./repository";
import { writeTreeCommit } from "./write-commit";

export interface MergeWishes {
  readonly squash: boolean;
  readonly removeSourceBranch: boolean;
  readonly mergeMessage?: string | undefined;
  readonly squashMessage?: string | undefined;
}

/**
 * Merges in the project's way: a merge commit, or the target branch goes forward; after a squash, with one commit in the
 * place of all. Counts as a push to the target branch. Throws a `CommitRefused` where it cannot be done.
 */
export async function mergeRequest(
  context: GitLabContext,
  project: Project,
  repository: Repository,
  request: MergeRequest,
  user: User,
  wishes: MergeWishes,
): Promise<MergeRequest> {
  const source = await repository.branch(request.source_branch);
  const target = await repository.branch(request.target_branch);
  if (source === undefined || target === undefined) throw new CommitRefused("Branch cannot be merged");
  const author = context.store.users.need(request.author_id);
  const by = (person: User): { name: string; email: string } => ({ name: person.name, email: person.email });
  const text = (message: string, of = user) => ({ message, author: by(of), committer: by(user), date: context.now() });

  let head = source;
  if (wishes.squash) {
    const base = (await mergeBase(repository, source, target)) ?? target;
    head = await writeTreeCommit(
      repository,
      `${source}^{tree}`,
      [base],
      text(wishes.squashMessage ?? request.title, author),
    );
  }
  const goesForward = mergeMethod(project) === "ff";
  let after = head;
  if (!goesForward) {
    const merged = await mergeTrees(repository, target, head);
    if (!("tree" in merged)) throw new CommitRefused("Branch cannot be merged");
    const message = wishes.mergeMessage ?? mergeMessage(context, project, request);
    after = await writeTreeCommit(repository, merged.tree, [target, head], text(message));
  }
  const push = { project_id: project.id, user_id: user.id };
  const ref = `refs/heads/${request.target_branch}`;
  await moveRef(repository, ref, target, after);
  const now = timestamp(context);
  // Before the push is told: it would be taken for a merge that somebody made by hand.
  const done = context.store.mergeRequests.update(request.id, {
    state: "merged",
    sha: source,
    merged_at: now,
    updated_at: now,
    merge_user_id: user.id,
    merge_commit_sha: goesForward ? null : after,
    squash_commit_sha: wishes.squash ? head : null,
    merge_when_pipeline_succeeds: false,
  });
  await recordPush(context, { ...push, before: target, after, ref });
  if (wishes.removeSourceBranch && request.source_branch !== project.default_branch) {
    const sourceRef = `refs/heads/${request.source_branch}`;
    await moveRef(repository, sourceRef, source, noCommit);
    await recordPush(context, { ...push, before: source, after: noCommit, ref: sourceRef });
  }
  context.events.emit("merge request", { merge_request_id: done.id, action: "merge", user_id: user.id });
  return done;
}

function mergeMessage({ store }: GitLabContext, project: Project, request: MergeRequest): string {
  const heading = `Merge branch '${request.source_branch}' into '${request.target_branch}'`;
  return [heading, request.title, `See merge request ${projectPath(store, project)}!${String(request.iid)}`].join(
    "\n\n",
  );
}
