import { noCommit } from "../../git/webhooks/push-event";
import { timestamp, type GitLabContext } from "../context";
import type { Push } from "../events";
import { refreshMergeRequests } from "./merge-request-versions";
import type { Project } from "../store/places";
import { openRepository } from "./open-repository";
import { protectDefaultBranch } from "./protection";

/**
 * Has everything happen that a push sets off, whether it came by Git or by the API: hooks, pipelines, merge requests.
 */
export async function recordPush(context: GitLabContext, push: Push): Promise<void> {
  const { store, events } = context;
  const project = store.projects.get(push.project_id);
  // Removed while git was still at work.
  if (project === undefined) return;
  const branch = /^refs\/heads\/(.+)$/.exec(push.ref)?.[1];
  if (branch !== undefined && push.before === noCommit && push.after !== noCommit) {
    await welcomeBranch(context, project, branch);
  }
  store.projects.update(project.id, { last_activity_at: timestamp(context) });
  await refreshMergeRequests(context, push);
  events.emit("push", push);
}

/** The first branch of an empty repository is the default branch from then on, and protected. */
async function welcomeBranch(context: GitLabContext, project: Project, branch: string): Promise<void> {
  if (branch === project.default_branch) {
    protectDefaultBranch(context, project);
    return;
  }
  const repository = openRepository(context, project);
  if ((await repository.branch(project.default_branch)) !== undefined) return;
  await repository.text(["symbolic-ref", "HEAD", `refs/heads/${branch}`]);
  protectDefaultBranch(context, context.store.projects.update(project.id, { default_branch: branch }));
}
