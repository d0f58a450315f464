import { projectUrls } from "../bodies/project";
import type { GitLabContext } from "../context";
import type { GitLabEvents } from "../events";
import { readCommit } from "../git/commit-log";
import { isDraft, mergeStatus } from "../git/merge-status";
import { openRepository } from "../git/open-repository";
import type { MergeRequest, Note } from "../store/merge-requests";
import type { Project } from "../store/places";
import type { HookMessage } from "./hook-delivery";

type Action = GitLabEvents["merge request"][0]["action"];

/** What hooks are told of a merge request: https://docs.gitlab.com/user/project/integrations/webhook_events/ */
export async function mergeRequestMessage(
  context: GitLabContext,
  request: MergeRequest,
  action: Action,
  userId: number,
): Promise<HookMessage> {
  const project = context.store.projects.need(request.project_id);
  const attributes = await attributesOf(context, project, request);
  const assignees = request.assignee_ids.map((id) => userOf(context, id));
  const body = {
    object_kind: "merge_request",
    event_type: "merge_request",
    user: userOf(context, userId),
    project: projectOf(context, project),
    object_attributes: { ...attributes, action },
    labels: request.labels.map((title) => ({ title })),
    changes: {},
    repository: repositoryOf(context, project),
    ...(assignees.length > 0 && { assignees }),
  };
  return { event: "merge_requests_events", header: "Merge Request Hook", body };
}

/** What hooks are told of a note below a merge request. */
export async function noteMessage(context: GitLabContext, note: Note): Promise<HookMessage> {
  const project = context.store.projects.need(note.project_id);
  const request = context.store.mergeRequests.need(note.merge_request_id);
  const url = `${projectUrls(context, project).web}/-/merge_requests/${String(request.iid)}#note_${String(note.id)}`;
  const kind = note.internal ? "confidential_note" : "note";
  const body = {
    object_kind: "note",
    event_type: kind,
    user: userOf(context, note.author_id),
    project_id: project.id,
    project: projectOf(context, project),
    repository: repositoryOf(context, project),
    object_attributes: {
      ...{ id: note.id, note: note.body, noteable_type: "MergeRequest", noteable_id: request.id },
      ...{ author_id: note.author_id, created_at: note.created_at, updated_at: note.updated_at },
      ...{ project_id: project.id, system: note.system, internal: note.internal, discussion_id: note.discussion_id },
      action: "create",
      url,
    },
    merge_request: await attributesOf(context, project, request),
  };
  const isInternal = note.internal;
  return {
    event: isInternal ? "confidential_note_events" : "note_events",
    header: isInternal ? "Confidential Note Hook" : "Note Hook",
    body,
  };
}

async function attributesOf(context: GitLabContext, project: Project, request: MergeRequest): Promise<object> {
  const repository = openRepository(context, project);
  const status = await mergeStatus(context, project, repository, request);
  const { id, message, title, committed_date, author_name, author_email } = await readCommit(repository, request.sha);
  const { web } = projectUrls(context, project);
  const { assignee_ids, created_at, updated_at } = request;
  return {
    ...{ id: request.id, iid: request.iid, title: request.title, description: request.description },
    ...{ source_branch: request.source_branch, target_branch: request.target_branch, state: request.state },
    ...{ source_project_id: project.id, target_project_id: project.id, author_id: request.author_id },
    ...{ assignee_id: assignee_ids[0] ?? null, assignee_ids, reviewer_ids: request.reviewer_ids },
    ...{ created_at, updated_at, draft: isDraft(request) },
    merge_status: status === "mergeable" || status === "not_open" ? "can_be_merged" : "cannot_be_merged",
    detailed_merge_status: status,
    merge_commit_sha: request.merge_commit_sha,
    source: projectOf(context, project),
    target: projectOf(context, project),
    last_commit: {
      ...{ id, message, title, timestamp: committed_date, url: `${web}/-/commit/${id}` },
      author: { name: author_name, email: author_email },
    },
    url: `${web}/-/merge_requests/${String(request.iid)}`,
  };
}

function userOf({ store }: GitLabContext, id: number): object | null {
  const user = store.users.get(id);
  if (user === undefined) return null;
  return { id, name: user.name, username: user.username, avatar_url: null, email: "[REDACTED]" };
}

function projectOf(context: GitLabContext, project: Project): object {
  const { web, http, ssh, path } = projectUrls(context, project);
  return {
    ...{ id: project.id, name: project.name, description: project.description, web_url: web, avatar_url: null },
    ...{ git_ssh_url: ssh, git_http_url: http, namespace: path.split("/").at(-2) ?? "", path_with_namespace: path },
    ...{ default_branch: project.default_branch, ci_config_path: project.ci_config_path, homepage: web, url: http },
    ...{ ssh_url: ssh, http_url: http },
  };
}

function repositoryOf(context: GitLabContext, project: Project): object {
  const { web, ssh } = projectUrls(context, project);
  return { name: project.name, url: ssh, description: project.description, homepage: web };
}
