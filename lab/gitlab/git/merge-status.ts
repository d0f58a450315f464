import type { GitLabContext } from "../context";
import type { MergeRequest } from "../store/merge-requests";
import type { Project } from "../store/places";
import { isAncestor, mergeBase, mergeTrees } from "./merge";
import type { Repository } from "./repository";

/** Why a merge request can be merged or not: the values of GitLab's `detailed_merge_status`. */
export type MergeStatus =
  | "not_open"
  | "commits_status"
  | "draft_status"
  | "discussions_not_resolved"
  | "ci_must_pass"
  | "ci_still_running"
  | "need_rebase"
  | "conflict"
  | "mergeable";

/** A title that begins so says that the merge request is not finished. */
export function isDraft({ title }: Pick<MergeRequest, "title">): boolean {
  return /^\s*(draft:|\[draft\]|\(draft\)|wip:)/i.test(title);
}

/** How a project merges, by its setting. @default "merge" */
export function mergeMethod({ settings }: Project): "merge" | "rebase_merge" | "ff" {
  const method = settings["merge_method"];
  return method === "ff" || method === "rebase_merge" ? method : "merge";
}

export async function mergeStatus(
  context: GitLabContext,
  project: Project,
  repository: Repository,
  request: MergeRequest,
): Promise<MergeStatus> {
  if (request.state !== "opened") return "not_open";
  const source = await repository.branch(request.source_branch);
  const target = await repository.branch(request.target_branch);
  if (source === undefined || target === undefined) return "commits_status";
  if (await isAncestor(repository, source, target)) return "commits_status";
  if (isDraft(request)) return "draft_status";
  if (
    project.settings["only_allow_merge_if_all_discussions_are_resolved"] === true &&
    hasOpenThread(context, request)
  ) {
    return "discussions_not_resolved";
  }
  if (project.settings["only_allow_merge_if_pipeline_succeeds"] === true) {
    const status = pipelineStatus(context, project, source);
    if (status === "running") return "ci_still_running";
    if (status !== "success") return "ci_must_pass";
  }
  if (mergeMethod(project) !== "merge" && (await mergeBase(repository, source, target)) !== target)
    return "need_rebase";
  return "tree" in (await mergeTrees(repository, target, source)) ? "mergeable" : "conflict";
}

/** Of the newest pipeline of a commit: none, still at work, or how it ended. */
export function pipelineStatus({ store }: GitLabContext, project: Project, sha: string): string | undefined {
  const pipeline = store.pipelines.where((one) => one.project_id === project.id && one.sha === sha).at(-1);
  if (pipeline === undefined) return undefined;
  const isAtWork = ["created", "waiting_for_resource", "preparing", "pending", "running"].includes(pipeline.status);
  return isAtWork ? "running" : pipeline.status;
}

function hasOpenThread({ store }: GitLabContext, { id }: MergeRequest): boolean {
  return store.notes
    .where((note) => note.merge_request_id === id)
    .some((note) => !note.individual && !note.system && note.resolved_by_id === null);
}
