import { type Context, type Kind, options, part, type Plan, textOf, type Told, without } from "../kind";
import { branchDefaultsBody, branchDefaultsTold } from "./branch-defaults";

/** Choices about deletion, and an avatar, which GitLab tells only as a URL. */
const untold = { untold: true };

/** What GitLab takes for a group that exists, but not for a new one. Source: docs.gitlab.com/api/groups. */
const laterOnly = [
  "allowMergeOnSkippedPipeline",
  "allowedEmailDomainsLists",
  "extraSharedRunnersMinutesLimit",
  "ipRestrictionRanges",
  "maxArtifactsSize",
  "membershipLock",
  "onlyAllowMergeIfAllDiscussionsAreResolved",
  "onlyAllowMergeIfPipelineSucceeds",
  "preventForkingOutsideGroup",
  "preventSharingGroupsOutsideHierarchy",
  "sharedRunnersMinutesLimit",
  "sharedRunnersSetting",
];

/** A group. A deleted one that GitLab still keeps for a while counts as gone. */
export const group: Kind = {
  token: "gitlab:index/group:Group",
  idParts: 1,
  attributes: {
    archiveOnDestroy: untold,
    permanentlyRemoveOnDelete: untold,
    avatar: untold,
    avatarHash: untold,
    defaultBranch: { decided: true },
  },
  conflicts: (plan) => [
    ...(plan["archiveOnDestroy"] === true && plan["permanentlyRemoveOnDelete"] === true
      ? ["archiveOnDestroy and permanentlyRemoveOnDelete exclude each other: a group is archived or removed"]
      : []),
    ...["avatar", "pushRules"].flatMap((name) =>
      plan[name] === undefined ? [] : [`the lab's double of the gitlab provider does not set a group's ${name}`],
    ),
  ],

  async create({ gitlab }, plan) {
    const body = without(plan, "name", "path", ...laterOnly);
    const made = await gitlab.Groups.create(textOf(plan, "name"), textOf(plan, "path"), options(bodyOf(body)));
    const later = Object.fromEntries(Object.entries(plan).filter(([name]) => laterOnly.includes(name)));
    const told = Object.keys(later).length === 0 ? made : await gitlab.Groups.edit(made.id, options(bodyOf(later)));
    return { id: String(made.id), told: toldOf({ ...told }) };
  },

  async read({ gitlab }, id) {
    const found: Told = { ...(await gitlab.Groups.show(part(id, 0))) };
    return isMarkedForDeletion(found) ? undefined : { ...toldOf(found), id: String(found["id"]) };
  },

  async update({ gitlab }, id, { changed }) {
    const { parentId } = changed;
    if (parentId !== undefined) {
      await gitlab.Groups.transfer(part(id, 0), options(parentId === 0 ? {} : { groupId: parentId }));
    }
    return toldOf({ ...(await gitlab.Groups.edit(part(id, 0), options(bodyOf(without(changed, "parentId"))))) });
  },

  async remove({ gitlab }, id, state) {
    const groupId = part(id, 0);
    if (state["archiveOnDestroy"] === true) {
      await gitlab.Groups.requester.post(`groups/${encodeURIComponent(groupId)}/archive`);
      return;
    }
    await gitlab.Groups.remove(groupId).catch(async (error: unknown) => {
      // It may be marked for deletion already, by hand or by a run that was cut off.
      if (!isMarkedForDeletion({ ...(await gitlab.Groups.show(groupId)) })) throw error;
    });
    if (state["permanentlyRemoveOnDelete"] === true) await removeForGood(gitlab, groupId);
  },
};

/** Whether GitLab shows something only because it keeps what is deleted for some days. */
export function isMarkedForDeletion(found: Told): boolean {
  return typeof (found["markedForDeletionOn"] ?? found["markedForDeletionAt"] ?? null) === "string";
}

/** The second step of a deletion: only what is marked may go, and GitLab wants its path again, which the mark changed. */
async function removeForGood(gitlab: Context["gitlab"], groupId: string): Promise<void> {
  const { fullPath } = await gitlab.Groups.show(groupId);
  await gitlab.Groups.remove(groupId, options({ searchParams: { permanentlyRemove: true, fullPath } }));
}

function bodyOf(plan: Plan): object {
  const { visibilityLevel, allowedEmailDomainsLists, ipRestrictionRanges, defaultBranchProtectionDefaults, ...rest } =
    without(plan, "archiveOnDestroy", "permanentlyRemoveOnDelete", "avatarHash");
  return {
    ...rest,
    visibility: visibilityLevel,
    allowedEmailDomainsList: commas(allowedEmailDomainsLists),
    ipRestrictionRanges: commas(ipRestrictionRanges),
    defaultBranchProtectionDefaults: branchDefaultsBody(defaultBranchProtectionDefaults),
  };
}

function toldOf(found: Told): Told {
  return {
    ...found,
    id: undefined,
    parentId: found["parentId"] ?? 0,
    visibilityLevel: found["visibility"],
    allowedEmailDomainsLists: list(found["allowedEmailDomainsList"]),
    ipRestrictionRanges: list(found["ipRestrictionRanges"]),
    defaultBranchProtectionDefaults: branchDefaultsTold(found["defaultBranchProtectionDefaults"]),
  };
}

function commas(value: unknown): string | undefined {
  return Array.isArray(value) ? value.join(",") : undefined;
}

function list(value: unknown): string[] | undefined {
  return typeof value === "string" ? value.split(",").filter((item) => item !== "") : undefined;
}
