import { type Context, type Kind, options, part, type Plan, textOf, type Told, without } from "../kind";
import { isMarkedForDeletion } from "./group";

/** Choices about creation and deletion, and what GitLab takes but does not tell. */
const untold = { untold: true };

/** What GitLab takes for a project that exists, but not for a new one. Source: docs.gitlab.com/api/projects. */
const laterOnly = [
  "autoDuoCodeReviewEnabled",
  "ciDefaultGitDepth",
  "ciDeletePipelinesInSeconds",
  "ciDisplayPipelineVariables",
  "ciForwardDeploymentEnabled",
  "ciForwardDeploymentRollbackAllowed",
  "ciIdTokenSubClaimComponents",
  "ciPipelineVariablesMinimumOverrideRole",
  "ciPushRepositoryForJobTokenAllowed",
  "ciRestrictPipelineCancellationRole",
  "ciSeparatedCaches",
  "issueBranchTemplate",
  "issuesTemplate",
  "keepLatestArtifact",
  "maxArtifactsSize",
  "mergePipelinesEnabled",
  "mergeRequestTitleRegex",
  "mergeRequestTitleRegexDescription",
  "mergeRequestsTemplate",
  "mergeTrainsEnabled",
  "mergeTrainsSkipTrainAllowed",
  "mrDefaultTargetSelf",
  "preReceiveSecretDetectionEnabled",
  "preventMergeWithoutJiraIssue",
  "protectMergeRequestPipelines",
];

const unsupported = ["avatar", "pushRules", "forkedFromProjectId", "useCustomTemplate", "groupWithProjectTemplatesId"];

/** A project. A deleted one that GitLab still keeps for a while counts as gone. */
export const project: Kind = {
  token: "gitlab:index/project:Project",
  idParts: 1,
  attributes: {
    archiveOnDestroy: untold,
    archived: { default: false },
    avatar: untold,
    avatarHash: untold,
    branches: untold,
    importUrl: untold,
    importUrlPassword: untold,
    importUrlUsername: untold,
    initializeWithReadme: untold,
    path: { decided: true },
    permanentlyDeleteOnDestroy: untold,
    skipWaitForDefaultBranchProtection: untold,
  },
  conflicts: (plan) => [
    ...(plan["archiveOnDestroy"] === true && plan["permanentlyDeleteOnDestroy"] === true
      ? ["archiveOnDestroy and permanentlyDeleteOnDestroy exclude each other: a project is archived or deleted"]
      : []),
    ...unsupported.flatMap((name) =>
      plan[name] === undefined ? [] : [`the lab's double of the gitlab provider does not set a project's ${name}`],
    ),
  ],

  async create({ gitlab }, plan) {
    const made = await gitlab.Projects.create(options(bodyOf(without(plan, "archived", ...laterOnly))));
    const later = Object.fromEntries(Object.entries(plan).filter(([name]) => laterOnly.includes(name)));
    if (Object.keys(later).length > 0) await gitlab.Projects.edit(made.id, options(bodyOf(later)));
    if (plan["archived"] === true) await gitlab.Projects.archive(made.id);
    return { id: String(made.id), told: toldOf({ ...(await gitlab.Projects.show(made.id)) }) };
  },

  async read({ gitlab }, id) {
    const found: Told = { ...(await gitlab.Projects.show(part(id, 0))) };
    return isMarkedForDeletion(found) ? undefined : { ...toldOf(found), id: String(found["id"]) };
  },

  async update({ gitlab }, id, { changed }) {
    const projectId = part(id, 0);
    // An archived project is read-only: it has to be opened first, and is closed last.
    if (changed["archived"] === false) await gitlab.Projects.unarchive(projectId);
    if (changed["namespaceId"] !== undefined) {
      await gitlab.Projects.transfer(projectId, textOf(changed, "namespaceId"));
    }
    const rest = bodyOf(without(changed, "archived", "namespaceId"));
    if (Object.keys(rest).length > 0) await gitlab.Projects.edit(projectId, options(rest));
    if (changed["archived"] === true) await gitlab.Projects.archive(projectId);
    return toldOf({ ...(await gitlab.Projects.show(projectId)) });
  },

  async remove({ gitlab }, id, state) {
    const projectId = part(id, 0);
    if (state["archiveOnDestroy"] === true) {
      await gitlab.Projects.archive(projectId);
      return;
    }
    await gitlab.Projects.remove(projectId).catch(async (error: unknown) => {
      // It may be marked for deletion already, by hand or by a run that was cut off.
      if (!isMarkedForDeletion({ ...(await gitlab.Projects.show(projectId)) })) throw error;
    });
    if (state["permanentlyDeleteOnDestroy"] === true) await removeForGood(gitlab, projectId);
  },
};

/** The second step of a deletion: only what is marked may go, and GitLab wants its path again, which the mark changed. */
async function removeForGood(gitlab: Context["gitlab"], projectId: string): Promise<void> {
  const { pathWithNamespace } = await gitlab.Projects.show(projectId);
  const searchParams = { permanentlyRemove: true, fullPath: pathWithNamespace };
  await gitlab.Projects.remove(projectId, options({ searchParams }));
}

function bodyOf(plan: Plan): Record<string, unknown> {
  const { visibilityLevel, containerExpirationPolicy, importUrl, importUrlUsername, importUrlPassword, ...rest } =
    without(plan, "archiveOnDestroy", "avatarHash", "permanentlyDeleteOnDestroy", "skipWaitForDefaultBranchProtection");
  return {
    ...rest,
    ...(visibilityLevel === undefined ? {} : { visibility: visibilityLevel }),
    ...(containerExpirationPolicy === undefined
      ? {}
      : { containerExpirationPolicyAttributes: containerExpirationPolicy }),
    ...(importUrl === undefined ? {} : { importUrl: withUser(importUrl, importUrlUsername, importUrlPassword) }),
  };
}

function withUser(url: unknown, username: unknown, password: unknown): string {
  if (username === undefined) return String(url);
  const full = new URL(String(url));
  full.username = String(username);
  full.password = String(password ?? "");
  return full.href;
}

function toldOf(found: Told): Told {
  const namespace = found["namespace"] as { readonly id: number } | undefined;
  return {
    ...found,
    id: undefined,
    namespaceId: namespace?.id,
    visibilityLevel: found["visibility"],
    publicBuilds: found["publicJobs"],
  };
}
