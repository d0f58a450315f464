import { noCommit } from "../../git/webhooks/push-event";
import { timestamp, type GitLabContext } from "../context";
import type { Push } from "../events";
import type { MergeRequest, MergeRequestVersion } from "../store/merge-requests";
import type { Project } from "../store/places";
import { isAncestor, mergeBase } from "./merge";
import { openRepository } from "./open-repository";

/** Keeps what a merge request is now. */
export async function addVersion(
  context: GitLabContext,
  project: Pick<Project, "id">,
  request: MergeRequest,
): Promise<MergeRequestVersion> {
  const repository = openRepository(context, project);
  const target = (await repository.branch(request.target_branch)) ?? request.sha;
  return context.store.mergeRequestVersions.insert({
    merge_request_id: request.id,
    head_commit_sha: request.sha,
    base_commit_sha: (await mergeBase(repository, request.sha, target)) ?? target,
    start_commit_sha: target,
    created_at: timestamp(context),
  });
}

/** The versions of a merge request, the newest first. */
export function versionsOf({ store }: GitLabContext, { id }: MergeRequest): MergeRequestVersion[] {
  return store.mergeRequestVersions.where(({ merge_request_id }) => merge_request_id === id).reverse();
}

/**
 * What a push does to the open merge requests of its branch: new commits are a new version, a branch that is gone closes
 * them, and a target branch that has got everything by hand merges them.
 */
export async function refreshMergeRequests(context: GitLabContext, push: Push): Promise<void> {
  const { store, events } = context;
  const branch = /^refs\/heads\/(.+)$/.exec(push.ref)?.[1];
  const project = store.projects.get(push.project_id);
  if (branch === undefined || project === undefined) return;
  const open = store.mergeRequests.where((one) => one.project_id === project.id && one.state === "opened");
  const repository = openRepository(context, project);
  const now = timestamp(context);
  for (const request of open) {
    if (request.source_branch === branch && push.after === noCommit) {
      store.mergeRequests.update(request.id, {
        state: "closed",
        closed_at: now,
        closed_by_id: push.user_id,
        updated_at: now,
      });
      events.emit("merge request", { merge_request_id: request.id, action: "close", user_id: push.user_id });
    } else if (request.source_branch === branch) {
      const changed = store.mergeRequests.update(request.id, { sha: push.after, updated_at: now, approved_by: [] });
      await addVersion(context, project, changed);
      events.emit("merge request", { merge_request_id: request.id, action: "update", user_id: push.user_id });
    } else if (request.target_branch === branch && push.after !== noCommit) {
      if (!(await isAncestor(repository, request.sha, push.after))) continue;
      const merged = { state: "merged", merged_at: now, updated_at: now, merge_user_id: push.user_id } as const;
      store.mergeRequests.update(request.id, merged);
      events.emit("merge request", { merge_request_id: request.id, action: "merge", user_id: push.user_id });
    }
  }
}
