import { pipelineBody } from "../api/pipeline-bodies";
import type { GitLabContext } from "../context";
import { isDraft, mergeStatus } from "../git/merge-status";
import { versionsOf } from "../git/merge-request-versions";
import { openRepository } from "../git/open-repository";
import type { MergeRequest, MergeRequestVersion } from "../store/merge-requests";
import type { Project } from "../store/places";
import { projectUrls } from "./project";
import { basicUserBody } from "./user";

/** A merge request as it is told in lists. */
export async function mergeRequestBody(
  context: GitLabContext,
  request: MergeRequest,
): Promise<Record<string, unknown>> {
  const { store } = context;
  const project = store.projects.need(request.project_id);
  const user = (id: number | null): object | null => {
    const found = id === null ? undefined : store.users.get(id);
    return found === undefined ? null : basicUserBody(context, found);
  };
  const users = (ids: readonly number[]): (object | null)[] => ids.map(user).filter((found) => found !== null);
  const { web, path } = projectUrls(context, project);
  const status = await mergeStatus(context, project, openRepository(context, project), request);
  const notes = store.notes.where((note) => note.merge_request_id === request.id && !note.system);
  const threads = notes.filter(({ individual }) => !individual);
  const conflicts = status === "conflict";
  const draft = isDraft(request);
  return {
    id: request.id,
    iid: request.iid,
    project_id: project.id,
    title: request.title,
    description: request.description,
    state: request.state,
    created_at: request.created_at,
    updated_at: request.updated_at,
    merged_by: user(request.merge_user_id),
    merge_user: user(request.merge_user_id),
    merged_at: request.merged_at,
    closed_by: user(request.closed_by_id),
    closed_at: request.closed_at,
    target_branch: request.target_branch,
    source_branch: request.source_branch,
    user_notes_count: notes.length,
    upvotes: 0,
    downvotes: 0,
    author: user(request.author_id),
    assignees: users(request.assignee_ids),
    assignee: users(request.assignee_ids)[0] ?? null,
    reviewers: users(request.reviewer_ids),
    source_project_id: project.id,
    target_project_id: project.id,
    labels: request.labels,
    draft,
    work_in_progress: draft,
    milestone: null,
    merge_when_pipeline_succeeds: request.merge_when_pipeline_succeeds,
    merge_status: status === "mergeable" || status === "not_open" ? "can_be_merged" : "cannot_be_merged",
    detailed_merge_status: status,
    merge_after: null,
    sha: request.sha,
    merge_commit_sha: request.merge_commit_sha,
    squash_commit_sha: request.squash_commit_sha,
    discussion_locked: request.discussion_locked,
    should_remove_source_branch: null,
    force_remove_source_branch: request.force_remove_source_branch,
    prepared_at: request.created_at,
    reference: `!${String(request.iid)}`,
    references: {
      short: `!${String(request.iid)}`,
      relative: `!${String(request.iid)}`,
      full: `${path}!${String(request.iid)}`,
    },
    web_url: `${web}/-/merge_requests/${String(request.iid)}`,
    time_stats: { time_estimate: 0, total_time_spent: 0, human_time_estimate: null, human_total_time_spent: null },
    squash: request.squash,
    squash_on_merge: request.squash,
    task_completion_status: { count: 0, completed_count: 0 },
    has_conflicts: conflicts,
    blocking_discussions_resolved: threads.every(({ resolved_by_id }) => resolved_by_id !== null),
    approvals_before_merge: null,
    imported: false,
    imported_from: "none",
  };
}

/** A merge request by itself. @param mayMerge whether who asks may merge it */
export async function detailedMergeRequestBody(
  context: GitLabContext,
  request: MergeRequest,
  mayMerge: boolean,
): Promise<Record<string, unknown>> {
  const [version] = versionsOf(context, request);
  const pipeline = context.store.pipelines
    .where((one) => one.project_id === request.project_id && one.sha === request.sha)
    .at(-1);
  const project = context.store.projects.need(request.project_id);
  const told = pipeline === undefined ? null : pipelineBody(context, pipeline);
  return {
    ...(await mergeRequestBody(context, request)),
    subscribed: false,
    changes_count: version === undefined ? null : await countChanges(context, project, version),
    latest_build_started_at: pipeline?.started_at ?? null,
    latest_build_finished_at: pipeline?.finished_at ?? null,
    first_deployed_to_production_at: null,
    pipeline: told,
    head_pipeline: told,
    diff_refs: version === undefined ? null : diffRefs(version),
    merge_error: null,
    first_contribution: false,
    user: { can_merge: mayMerge },
  };
}

/** The three commits that a diff is between. */
export function diffRefs(version: MergeRequestVersion): Record<string, string> {
  return {
    base_sha: version.base_commit_sha,
    head_sha: version.head_commit_sha,
    start_sha: version.start_commit_sha,
  };
}

async function countChanges(context: GitLabContext, project: Project, version: MergeRequestVersion): Promise<string> {
  const { base_commit_sha: base, head_commit_sha: head } = version;
  const names = await openRepository(context, project).text(["diff", "--name-only", "-M", base, head]);
  return String(names === "" ? 0 : names.split("\n").length);
}
