import type { GitLabContext } from "../context";
import { mergeRequest } from "./merge-request-merge";
import { mergeStatus } from "./merge-status";
import { openRepository } from "./open-repository";

/** Merges what somebody has asked to be merged as soon as its pipeline has succeeded. */
export function mergeWhenPipelinesSucceed(context: GitLabContext): void {
  const { store, events, log } = context;
  events.on("pipeline", ({ pipeline_id }) => {
    const pipeline = store.pipelines.get(pipeline_id);
    if (pipeline?.status !== "success") return;
    const waiting = store.mergeRequests.where(
      (one) =>
        one.merge_when_pipeline_succeeds &&
        one.state === "opened" &&
        one.project_id === pipeline.project_id &&
        one.sha === pipeline.sha,
    );
    for (const { id } of waiting) {
      void mergeNow(id).catch((error: unknown) => {
        log(`merge request ${String(id)}: ${error instanceof Error ? error.message : String(error)}`);
      });
    }
  });

  async function mergeNow(id: number): Promise<void> {
    const request = store.mergeRequests.need(id);
    const project = store.projects.need(request.project_id);
    const user = store.users.get(request.merge_user_id ?? 0);
    const repository = openRepository(context, project);
    if (user === undefined || (await mergeStatus(context, project, repository, request)) !== "mergeable") return;
    const wishes = { squash: request.squash, removeSourceBranch: request.force_remove_source_branch };
    await mergeRequest(context, project, repository, request, user, wishes);
  }
}
