import type { FastifyInstance } from "fastify";
import { authorizeGroup, seesProject } from "../auth/access";
import { authorizePushing, authorizeReading, readsCode } from "../auth/authorize-code";
import { levelInProject } from "../auth/access";
import { authorizeMergeRequest, authorizeMergeRequestMember } from "../auth/authorize-merge-request";
import { authenticate } from "../auth/caller";
import { level } from "../auth/levels";
import { groupOfProject, lineage } from "../auth/paths";
import { detailedMergeRequestBody } from "../bodies/merge-request";
import { timestamp, type GitLabContext } from "../context";
import { addVersion } from "../git/merge-request-versions";
import { mayMerge } from "../git/protection";
import { ApiError, conflict, forbidden, invalid } from "../http/errors";
import { flag, integer, list, oneOf, required, text, validate } from "../http/validate";
import type { MergeRequest } from "../store/merge-requests";
import type { User } from "../store/people";
import { listMergeRequests } from "./merge-request-list";

const fields = {
  description: text,
  assignee_id: integer,
  assignee_ids: list(integer),
  reviewer_ids: list(integer),
  labels: list(text),
  remove_source_branch: flag,
  squash: flag,
};

/** `/projects/:id/merge_requests`, `/groups/:id/merge_requests` and `/merge_requests`. */
export function mergeRequestRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { store, events } = context;
  const path = "/api/v4/projects/:id/merge_requests";

  app.get(path, (request, reply) => {
    const { project } = authorizeReading(context, request);
    const requests = store.mergeRequests.where(({ project_id }) => project_id === project.id);
    return listMergeRequests(context, request, reply, requests);
  });

  app.get("/api/v4/groups/:id/merge_requests", (request, reply) => {
    const { caller, group } = authorizeGroup(context, request, 0);
    const requests = visibleTo(caller?.user).filter(({ project_id }) => {
      const inside = groupOfProject(store, store.projects.need(project_id));
      return inside !== undefined && lineage(store, inside).some(({ id }) => id === group.id);
    });
    return listMergeRequests(context, request, reply, requests);
  });

  app.get("/api/v4/merge_requests", (request, reply) => {
    const { user } = authenticate(context, request);
    const { scope = "created_by_me" } = validate(request, { scope: oneOf("created_by_me", "assigned_to_me", "all") });
    const requests = visibleTo(user).filter(
      ({ author_id, assignee_ids }) =>
        scope === "all" || (scope === "created_by_me" ? author_id === user.id : assignee_ids.includes(user.id)),
    );
    return listMergeRequests(context, request, reply, requests);
  });

  app.get(`${path}/:iid`, (request) => {
    const { caller, role, project, request: found } = authorizeMergeRequest(context, request);
    return detailedMergeRequestBody(
      context,
      found,
      caller !== undefined && mayMerge(context, project, caller.user, role, found.target_branch),
    );
  });

  app.post(path, async (request, reply) => {
    const { caller, project, repository, role } = authorizePushing(context, request);
    const asked = validate(request, {
      source_branch: required(text),
      target_branch: required(text),
      title: required(text),
      target_project_id: integer,
      ...fields,
    });
    const { source_branch, target_branch, title } = asked;
    if (source_branch === target_branch) {
      throw new ApiError(422, { error: ["You can't use same project/branch for source and target"] });
    }
    const sha = await repository.branch(source_branch);
    if (sha === undefined) throw invalid({ source_branch: ["does not exist"] });
    if ((await repository.branch(target_branch)) === undefined) throw invalid({ target_branch: ["does not exist"] });
    const own = store.mergeRequests.where(({ project_id }) => project_id === project.id);
    const other = own.find(
      (one) => one.state === "opened" && one.source_branch === source_branch && one.target_branch === target_branch,
    );
    if (other !== undefined) {
      throw new ApiError(409, {
        message: [`Another open merge request already exists for this source branch: !${String(other.iid)}`],
      });
    }
    const now = timestamp(context);
    const made = store.mergeRequests.insert({
      iid: Math.max(0, ...own.map(({ iid }) => iid)) + 1,
      project_id: project.id,
      source_branch,
      target_branch,
      title,
      description: asked.description ?? null,
      state: "opened",
      author_id: caller.user.id,
      assignee_ids: peopleOf(asked) ?? [],
      reviewer_ids: asked.reviewer_ids ?? [],
      labels: asked.labels ?? [],
      squash: asked.squash ?? false,
      force_remove_source_branch: asked.remove_source_branch ?? false,
      discussion_locked: null,
      sha,
      created_at: now,
      updated_at: now,
      merged_at: null,
      merge_user_id: null,
      closed_at: null,
      closed_by_id: null,
      merge_commit_sha: null,
      squash_commit_sha: null,
      approved_by: [],
      merge_when_pipeline_succeeds: false,
    });
    await addVersion(context, project, made);
    events.emit("merge request", { merge_request_id: made.id, action: "open", user_id: caller.user.id });
    return reply
      .code(201)
      .send(
        await detailedMergeRequestBody(context, made, mayMerge(context, project, caller.user, role, target_branch)),
      );
  });

  app.put(`${path}/:iid`, async (request) => {
    const { caller, project, repository, role, request: found } = authorizeMergeRequestMember(context, request, 0);
    if (role < level.developer && caller.user.id !== found.author_id) throw forbidden();
    const asked = validate(request, {
      ...fields,
      title: text,
      target_branch: text,
      state_event: oneOf("close", "reopen"),
      discussion_locked: flag,
      add_labels: list(text),
      remove_labels: list(text),
    });
    if (asked.title === "") throw invalid({ title: ["can't be blank"] });
    const now = timestamp(context);
    const labels = [...(asked.labels ?? found.labels), ...(asked.add_labels ?? [])];
    const closes = asked.state_event === "close" && found.state === "opened";
    const reopens = asked.state_event === "reopen" && found.state === "closed";
    const head = await repository.branch(found.source_branch);
    if (reopens && head === undefined) throw conflict("The source branch does not exist any more");
    const changed = store.mergeRequests.update(found.id, {
      title: asked.title,
      description: asked.description,
      target_branch: asked.target_branch,
      assignee_ids: peopleOf(asked),
      reviewer_ids: asked.reviewer_ids,
      labels: [...new Set(labels)].filter((label) => asked.remove_labels?.includes(label) !== true),
      squash: asked.squash,
      force_remove_source_branch: asked.remove_source_branch,
      discussion_locked: asked.discussion_locked,
      updated_at: now,
      ...(closes && { state: "closed", closed_at: now, closed_by_id: caller.user.id }),
      ...(reopens && { state: "opened", closed_at: null, closed_by_id: null, sha: head }),
    });
    const action = closes ? "close" : reopens ? "reopen" : "update";
    events.emit("merge request", { merge_request_id: found.id, action, user_id: caller.user.id });
    return detailedMergeRequestBody(
      context,
      changed,
      mayMerge(context, project, caller.user, role, changed.target_branch),
    );
  });

  app.delete(`${path}/:iid`, (request, reply) => {
    const { request: found } = authorizeMergeRequestMember(context, request, level.owner);
    removeMergeRequests(context, ({ id }) => id === found.id);
    return reply.code(204).send();
  });

  events.on("project removed", ({ project_id }) => {
    removeMergeRequests(context, (one) => one.project_id === project_id);
  });

  function visibleTo(user: User | undefined): MergeRequest[] {
    return store.mergeRequests.where(({ project_id }) => {
      const project = store.projects.need(project_id);
      const role = user === undefined ? 0 : levelInProject(context, project, user);
      return seesProject(context, project, user) && readsCode(project, role);
    });
  }
}

/** 0 stands for nobody. */
function peopleOf(asked: {
  readonly assignee_id: number | undefined;
  readonly assignee_ids: readonly number[] | undefined;
}): readonly number[] | undefined {
  const ids = asked.assignee_ids ?? (asked.assignee_id === undefined ? undefined : [asked.assignee_id]);
  return ids?.filter((id) => id !== 0);
}

/** Removes merge requests with all that belongs to them. */
function removeMergeRequests({ store }: GitLabContext, which: (request: MergeRequest) => boolean): void {
  const ids = new Set(store.mergeRequests.where(which).map(({ id }) => id));
  store.notes.removeWhere(({ merge_request_id }) => ids.has(merge_request_id));
  store.mergeRequestVersions.removeWhere(({ merge_request_id }) => ids.has(merge_request_id));
  store.mergeRequests.removeWhere(({ id }) => ids.has(id));
}
