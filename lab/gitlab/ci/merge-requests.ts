import { projectPath } from "../auth/paths";
import type { GitLabContext } from "../context";
import { openRepository } from "../git/open-repository";
import type { Project } from "../store/places";
import type { MergeRequestFacts } from "./predefined";

/** What the pipelines of a merge request are told of it; null where there is none. */
export async function mergeRequestFacts(context: GitLabContext, id: number | null): Promise<MergeRequestFacts | null> {
  const found = id === null ? undefined : context.store.mergeRequests.get(id);
  if (found === undefined) return null;
  const { iid, title, source_branch, target_branch } = found;
  const repository = openRepository(context, context.store.projects.need(found.project_id));
  const source_sha = (await repository.branch(source_branch)) ?? "";
  const target = (await repository.branch(target_branch)) ?? source_sha;
  const base = await repository.maybe(["merge-base", source_sha, target]);
  return { id: found.id, iid, title, source_branch, target_branch, source_sha, base_sha: base ?? target };
}

/** The open merge requests that have a branch as their source, as CI_OPEN_MERGE_REQUESTS has them: `group/project!3`. */
export function openMergeRequestsOf({ store }: GitLabContext, project: Project, branch: string): string[] {
  return store.mergeRequests
    .where(
      ({ project_id, state, source_branch }) =>
        project_id === project.id && state === "opened" && source_branch === branch,
    )
    .map(({ iid }) => `${projectPath(store, project)}!${String(iid)}`);
}
