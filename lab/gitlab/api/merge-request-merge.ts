import type { FastifyInstance } from "fastify";
import { authorizeMergeRequest, authorizeMergeRequestMember } from "../auth/authorize-merge-request";
import { level } from "../auth/levels";
import { detailedMergeRequestBody, mergeRequestBody } from "../bodies/merge-request";
import { basicUserBody } from "../bodies/user";
import { timestamp, type GitLabContext } from "../context";
import { CommitRefused } from "../git/file-actions";
import { mergeWhenPipelinesSucceed } from "../git/auto-merge";
import { mergeRequest } from "../git/merge-request-merge";
import { mergeStatus, pipelineStatus } from "../git/merge-status";
import { mayMerge } from "../git/protection";
import { conflict, invalid, unauthorized } from "../http/errors";
import { flag, text, validate } from "../http/validate";
import type { MergeRequest } from "../store/merge-requests";

/** Merging and approving. */
export function mergeRequestMergeRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { store, events } = context;
  const path = "/api/v4/projects/:id/merge_requests/:iid";

  app.put(`${path}/merge`, async (request) => {
    const { caller, project, repository, role, request: found } = authorizeMergeRequestMember(context, request, 0);
    const asked = validate(request, {
      sha: text,
      squash: flag,
      merge_commit_message: text,
      squash_commit_message: text,
      should_remove_source_branch: flag,
      merge_when_pipeline_succeeds: flag,
      auto_merge: flag,
    });
    // GitLab says 401 to whoever may not merge, though it knows them.
    if (!mayMerge(context, project, caller.user, role, found.target_branch)) throw unauthorized();
    const status = await mergeStatus(context, project, repository, found);
    const isAtWork = pipelineStatus(context, project, found.sha) === "running";
    const wantsToWait = (asked.auto_merge ?? asked.merge_when_pipeline_succeeds) === true;
    const waits = wantsToWait && isAtWork && (status === "mergeable" || status === "ci_still_running");
    if (status !== "mergeable" && !waits) throw invalid("405 Method Not Allowed", 405);
    if (asked.sha !== undefined && asked.sha !== found.sha) {
      throw conflict(`SHA does not match HEAD of source branch: ${found.sha}`);
    }
    if (waits) {
      const waiting = store.mergeRequests.update(found.id, {
        merge_when_pipeline_succeeds: true,
        merge_user_id: caller.user.id,
        squash: asked.squash,
        force_remove_source_branch: asked.should_remove_source_branch,
      });
      return detailedMergeRequestBody(context, waiting, true);
    }
    try {
      const merged = await mergeRequest(context, project, repository, found, caller.user, {
        squash: asked.squash ?? found.squash,
        removeSourceBranch: asked.should_remove_source_branch ?? found.force_remove_source_branch,
        mergeMessage: asked.merge_commit_message,
        squashMessage: asked.squash_commit_message,
      });
      return await detailedMergeRequestBody(context, merged, true);
    } catch (error) {
      // Somebody has moved a branch between the look and the merge.
      if (error instanceof CommitRefused) throw invalid("Branch cannot be merged", 422);
      throw error;
    }
  });

  mergeWhenPipelinesSucceed(context);

  app.get(`${path}/approvals`, (request) => {
    const { caller, request: found } = authorizeMergeRequest(context, request);
    return approvals(found, caller?.user.id);
  });

  app.post(`${path}/approve`, async (request, reply) => {
    const { caller, request: found } = authorizeMergeRequestMember(context, request, level.developer);
    const { sha } = validate(request, { sha: text });
    if (sha !== undefined && sha !== found.sha) {
      throw conflict(`SHA does not match HEAD of source branch: ${found.sha}`);
    }
    if (found.approved_by.includes(caller.user.id)) throw unauthorized();
    const approved_by = [...found.approved_by, caller.user.id];
    return reply.code(201).send(await approvals(change(found, caller.user.id, { approved_by }), caller.user.id));
  });

  app.post(`${path}/unapprove`, async (request, reply) => {
    const { caller, request: found } = authorizeMergeRequestMember(context, request, level.developer);
    const approved_by = found.approved_by.filter((id) => id !== caller.user.id);
    return reply.code(201).send(await approvals(change(found, caller.user.id, { approved_by }), caller.user.id));
  });

  function change(found: MergeRequest, user_id: number, changes: Partial<MergeRequest>): MergeRequest {
    const changed = store.mergeRequests.update(found.id, { ...changes, updated_at: timestamp(context) });
    events.emit("merge request", { merge_request_id: found.id, action: "update", user_id });
    return changed;
  }

  async function approvals(found: MergeRequest, userId: number | undefined): Promise<object> {
    const told = await mergeRequestBody(context, found);
    const names = [
      "id",
      "iid",
      "project_id",
      "title",
      "description",
      "state",
      "created_at",
      "updated_at",
      "merge_status",
    ];
    const people = found.approved_by.map((id) => ({ user: basicUserBody(context, store.users.need(id)) }));
    const hasApproved = userId !== undefined && found.approved_by.includes(userId);
    return {
      ...Object.fromEntries(names.map((name) => [name, told[name]])),
      approved: true,
      approvals_required: 0,
      approvals_left: 0,
      approved_by: people,
      user_has_approved: hasApproved,
      user_can_approve: userId !== undefined && !hasApproved,
    };
  }
}
