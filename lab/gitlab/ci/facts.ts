import { projectPath } from "../auth/paths";
import type { GitLabContext } from "../context";
import { type Commit, readCommit } from "../git/commit-log";
import { openRepository } from "../git/open-repository";
import type { Repository } from "../git/repository";
import type { User } from "../store/people";
import type { Project } from "../store/places";
import { isProtectedRef } from "./declared";
import type { PipelineFacts } from "./predefined";

/** A branch or tag that there is. */
export interface FoundRef {
  readonly name: string;
  readonly tag: boolean;
  readonly sha: string;
  readonly isProtected: boolean;
}

/** The branch, else the tag, of a short or full name; absent when there is none. */
export async function findRef(context: GitLabContext, project: Project, ref: string): Promise<FoundRef | undefined> {
  const repository = openRepository(context, project);
  const kinds = [
    { prefix: "refs/heads/", tag: false },
    { prefix: "refs/tags/", tag: true },
  ];
  for (const { prefix, tag } of kinds) {
    const name = ref.startsWith(prefix) ? ref.slice(prefix.length) : ref;
    const sha = await repository.commit(`${prefix}${name}`);
    if (sha !== undefined) return { name, tag, sha, isProtected: isProtectedRef(context, project, name, tag) };
  }
  return undefined;
}

/** Where a project's CI file is. Those of other projects and sites are not there. */
export function configPathOf({ ci_config_path }: Pick<Project, "ci_config_path">): string {
  return ci_config_path === null || ci_config_path === "" ? ".gitlab-ci.yml" : ci_config_path;
}

/** The text of the CI file at a commit; absent when it is not there. */
export function readConfig(repository: Repository, sha: string, path: string): Promise<string | undefined> {
  return repository.maybe(["show", "--end-of-options", `${sha}:${path.replace(/^\.?\/+/, "")}`]);
}

export interface FactsInput extends Pick<
  PipelineFacts,
  "source" | "before_sha" | "created_at" | "schedule" | "mergeRequest" | "openMergeRequests"
> {
  readonly project: Project;
  readonly user: User;
  readonly ref: FoundRef;
}

/** All that the predefined variables of a pipeline tell. */
export async function factsOf(context: GitLabContext, input: FactsInput): Promise<PipelineFacts> {
  const { project, ref, ...rest } = input;
  const repository = openRepository(context, project);
  const commit: Commit = await readCommit(repository, ref.sha);
  const message = ref.tag
    ? await repository.maybe(["for-each-ref", "--format=%(contents)", `refs/tags/${ref.name}`])
    : undefined;
  return {
    ...rest,
    url: context.url,
    path: projectPath(context.store, project),
    project,
    configPath: configPathOf(project),
    commit,
    ref: { ...ref, ...(message !== undefined && { tagMessage: message.trim() }) },
  };
}
