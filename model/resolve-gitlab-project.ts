import type { GitLabMember, GitLabMirror, GitLabProject, GitLabRepository } from "./gitlab";
import { groupPathOf, repositoryUrl } from "./hosted-repositories";
import type { PlacedProject, PlacedRepository } from "./hosted-repositories";
import type { Path, Report } from "./report";
import { environmentsOf } from "./resolve-project";
import { resolveMirrorSource } from "./resolve-mirror-source";
import { resolveVariables } from "./resolve-variables";
import type { GitLabInput } from "./schema/gitlab";
import type { AppRepositoryInput } from "./schema/gitlab-project";
import type { StackConfig } from "./schema/stack";
import { suggestionOr } from "./suggest";

export interface GitLabContext {
  readonly environment: string;
  readonly stack: StackConfig;
  readonly gitlab: GitLabInput;
  /** Secrets of what only the owner declares are looked for in its config alone. */
  readonly owner: boolean;
  /** Whether what is at a path is taken over. */
  readonly adopt: (path: string) => boolean;
}

/** The name of the repository whose pipeline copies the others; Cloud π's. */
const MIRROR = "mirror";

/** The pipeline's file in a copy, where .gitlab-ci.yml is that of the external GitLab; Cloud π's. */
const CI_FILE_OF_COPIES = ".gitlab-ci-dso.yml";

/** Whether a project has anything on the platform's GitLab. */
export function hasGitLabSide(project: PlacedProject): boolean {
  return (
    project.gitlab !== undefined ||
    project.appRepositories !== undefined ||
    project.repositories.some(({ hosted }) => hosted)
  );
}

/** A project's group and what is in it, with every default filled in. */
export function resolveGitLabProject(project: PlacedProject, context: GitLabContext, report: Report): GitLabProject {
  const { gitlab, adopt } = context;
  const path = groupPathOf(project, gitlab);
  const repositories = [
    ...project.repositories.flatMap((repository, index) =>
      repository.hosted ? [infraRepository(project, repository, path, context, ["repositories", index], report)] : [],
    ),
    ...(project.appRepositories ?? []).map((repository, index) =>
      appRepository(project, repository, path, context, ["appRepositories", index], report),
    ),
  ];
  const mirrored =
    (gitlab.mirror?.enabled ?? true) &&
    (project.gitlab?.mirror ?? true) &&
    repositories.some(({ source }) => source !== undefined);
  return {
    file: report.file,
    organisation: project.organisation,
    name: project.name,
    ...(project.description !== undefined && { description: project.description }),
    group: { name: project.name, path, adopt: adopt(path) },
    deployed: environmentsOf(project).includes(context.environment),
    members: context.owner ? resolveMembers(project, gitlab, report) : [],
    attributes: project.gitlab?.attributes ?? {},
    repositories,
    ...(mirrored && { mirror: resolveMirror(`${path}/${MIRROR}`, gitlab, adopt) }),
  };
}

function infraRepository(
  project: PlacedProject,
  input: PlacedRepository,
  group: string,
  context: GitLabContext,
  place: Path,
  report: Report,
): GitLabRepository {
  const source = resolveMirrorSource(input.mirrorOf, context, [...place, "mirrorOf"], report);
  return {
    ...repositoryIn(group, input.name, context),
    kind: "infra",
    ...(source && { source, ciFile: CI_FILE_OF_COPIES }),
    protection: protectionOf(project, "main", source !== undefined),
    variables: [],
  };
}

function appRepository(
  project: PlacedProject,
  input: AppRepositoryInput,
  group: string,
  context: GitLabContext,
  place: Path,
  report: Report,
): GitLabRepository {
  const source = resolveMirrorSource(input.mirrorOf, context, [...place, "mirrorOf"], report);
  const ciFile = input.ciFile ?? (source && CI_FILE_OF_COPIES);
  return {
    ...repositoryIn(group, input.name, context),
    kind: "app",
    ...(source && { source }),
    ...(ciFile !== undefined && { ciFile }),
    protection: protectionOf(project, input.branch ?? "main", source !== undefined),
    variables: context.owner
      ? resolveVariables(input.variables ?? {}, context.stack.secrets ?? {}, [...place, "variables"], report)
      : [],
  };
}

function repositoryIn(group: string, name: string, { gitlab, adopt }: GitLabContext) {
  const path = `${group}/${name}`;
  return { name, path, url: repositoryUrl(path, gitlab), adopt: adopt(path) };
}

/** Into a copy, nobody but the mirror may write: what others wrote would be lost with the next synchronisation. */
function protectionOf(project: PlacedProject, branch: string, copy: boolean): GitLabRepository["protection"] {
  if (copy) return { branch, push: "maintainer", merge: "no one", allowForcePush: true };
  const { push = "maintainer", merge = "maintainer" } = project.gitlab?.branchProtection ?? {};
  return { branch, push, merge, allowForcePush: false };
}

function resolveMirror(path: string, gitlab: GitLabInput, adopt: (path: string) => boolean): GitLabMirror {
  const { image, runnerTag, schedule, timeZone = "UTC" } = gitlab.mirror ?? {};
  return {
    path,
    adopt: adopt(path),
    ...(image !== undefined && { image }),
    ...(runnerTag !== undefined && { runnerTag }),
    ...(schedule !== undefined && { schedule: { cron: schedule, timeZone } }),
  };
}

/** GitLab knows members by ids, which only the platform team can look up. */
function resolveMembers(project: PlacedProject, gitlab: GitLabInput, report: Report): GitLabMember[] {
  const users = gitlab.users ?? {};
  return Object.entries(project.gitlab?.members ?? {}).flatMap(([user, accessLevel]) => {
    const id = Object.hasOwn(users, user) ? users[user] : undefined;
    if (id !== undefined) return [{ user, id, accessLevel }];
    const known = Object.keys(users);
    report.error(["gitlab", "members", user], {
      message: "the stack's config does not say which id this user has on GitLab",
      value: user,
      allowed: known.length === 0 ? "none: gitops-factory:gitlab.users is empty" : known.join(", "),
      fix: suggestionOr(
        user,
        known,
        `have the platform add it to gitops-factory:gitlab.users; the id is in the answer to GET /api/v4/users?username=${user}`,
      ),
    });
    return [];
  });
}
