import { isNotFound } from "../client/error";
import { type Kind, options, part, type Plan, textOf, type Told, without } from "../kind";
import { levelName, levelNumber } from "../levels";
import { sameValue } from "../../rpc";

interface AccessLevel {
  readonly id?: number;
  readonly accessLevel?: number | null;
  readonly accessLevelDescription?: string;
  readonly userId?: number | null;
  readonly groupId?: number | null;
  readonly deployKeyId?: number | null;
}

const actions = { allowedToPushes: "push", allowedToMerges: "merge", allowedToUnprotects: "unprotect" } as const;

/** Who may push to a branch and merge into it. One that is protected already, as default branches are, is taken over. */
export const branchProtection: Kind = {
  token: "gitlab:index/branchProtection:BranchProtection",
  idParts: 2,
  attributes: {
    project: { replaces: true },
    branch: { replaces: true },
    mergeAccessLevel: { replaces: true },
    pushAccessLevel: { replaces: true },
  },

  async create({ gitlab }, plan) {
    const [project, branch] = [textOf(plan, "project"), textOf(plan, "branch")];
    await gitlab.ProtectedBranches.unprotect(project, branch).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
    const made = await gitlab.ProtectedBranches.protect(project, branch, options(branchBody(plan)));
    return { id: `${project}:${branch}`, told: branchTold(made) };
  },

  async read({ gitlab }, id) {
    const found = await gitlab.ProtectedBranches.show(part(id, 0), part(id, 1));
    return { ...branchTold(found), project: part(id, 0), branch: part(id, 1) };
  },

  async update({ gitlab }, id, { changed }) {
    const [project, branch] = [part(id, 0), part(id, 1)];
    const before = (await gitlab.ProtectedBranches.show(project, branch)) as Told;
    const body = { ...branchBody(changed), ...replacedEntries(changed, before) };
    return branchTold(await gitlab.ProtectedBranches.edit(project, branch, options(body)));
  },

  async remove({ gitlab }, id) {
    await gitlab.ProtectedBranches.unprotect(part(id, 0), part(id, 1));
  },
};

/** Who may make a tag of that name. */
export const tagProtection: Kind = {
  token: "gitlab:index/tagProtection:TagProtection",
  idParts: 2,

  async create({ gitlab }, plan) {
    const [project, tag] = [textOf(plan, "project"), textOf(plan, "tag")];
    const body = {
      createAccessLevel: level(plan["createAccessLevel"]),
      allowedToCreate: entries(plan["allowedToCreates"]),
    };
    const made = await gitlab.ProtectedTags.protect(project, tag, options(body));
    return { id: `${project}:${tag}`, told: tagTold(made) };
  },

  async read({ gitlab }, id) {
    const found = await gitlab.ProtectedTags.show(part(id, 0), part(id, 1));
    return { ...tagTold(found), project: part(id, 0), tag: part(id, 1) };
  },

  async remove({ gitlab }, id) {
    await gitlab.ProtectedTags.unprotect(part(id, 0), part(id, 1));
  },
};

function branchBody(plan: Plan): object {
  const rest = without(plan, "project", "branch", "pushAccessLevel", "mergeAccessLevel", ...Object.keys(actions));
  return {
    ...rest,
    pushAccessLevel: level(plan["pushAccessLevel"]),
    mergeAccessLevel: level(plan["mergeAccessLevel"]),
    ...Object.fromEntries(
      Object.entries(actions).map(([name, action]) => [`allowedTo${capital(action)}`, entries(plan[name])]),
    ),
  };
}

/** An update adds to what there is: the entries that are no more wanted have to be named as such. */
function replacedEntries(changed: Plan, before: Told): object {
  const lists = Object.entries(actions).flatMap(([name, action]) => {
    if (changed[name] === undefined) return [];
    const wanted = entries(changed[name]) ?? [];
    const there = (before[`${action}AccessLevels`] ?? []) as AccessLevel[];
    const same = (entry: object, existing: AccessLevel): boolean =>
      Object.entries(entry).every(([key, value]) => sameValue(value, (existing as Record<string, never>)[key]));
    const gone = there.filter((existing) => !wanted.some((entry) => same(entry, existing)));
    const added = wanted.filter((entry) => !there.some((existing) => same(entry, existing)));
    return [[`allowedTo${capital(action)}`, [...added, ...gone.map(({ id }) => ({ id, _destroy: true }))]] as const];
  });
  return Object.fromEntries(lists);
}

function branchTold(found: object): Told {
  const told = found as Told;
  const levels = (action: string): AccessLevel[] => (told[`${action}AccessLevels`] ?? []) as AccessLevel[];
  return {
    allowForcePush: told["allowForcePush"],
    codeOwnerApprovalRequired: told["codeOwnerApprovalRequired"] ?? false,
    branchProtectionId: told["id"],
    pushAccessLevel: roleOf(levels("push")),
    mergeAccessLevel: roleOf(levels("merge")),
    ...Object.fromEntries(Object.entries(actions).map(([name, action]) => [name, named(levels(action))])),
  };
}

function tagTold(found: object): Told {
  const levels = ((found as Told)["createAccessLevels"] ?? []) as AccessLevel[];
  return { createAccessLevel: roleOf(levels), allowedToCreates: named(levels) };
}

/** The level that is no user's, group's or key's own. */
function roleOf(levels: readonly AccessLevel[]): string | undefined {
  const role = levels.find((entry) => isRole(entry));
  return role === undefined ? undefined : levelName(role.accessLevel);
}

/** The entries of users, groups and keys. */
function named(levels: readonly AccessLevel[]): object[] {
  return levels
    .filter((entry) => !isRole(entry))
    .map(({ accessLevel, accessLevelDescription, userId, groupId, deployKeyId }) => ({
      accessLevel: levelName(accessLevel),
      accessLevelDescription: accessLevelDescription ?? "",
      ...(typeof userId === "number" ? { userId } : {}),
      ...(typeof groupId === "number" ? { groupId } : {}),
      ...(typeof deployKeyId === "number" ? { deployKeyId } : {}),
    }));
}

function isRole({ userId, groupId, deployKeyId }: AccessLevel): boolean {
  return [userId, groupId, deployKeyId].every((id) => typeof id !== "number");
}

function level(name: unknown): number | undefined {
  return name === undefined ? undefined : levelNumber(String(name));
}

/** What is asked for; a level's description is GitLab's to give. */
function entries(value: unknown): object[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((entry) => {
    const accessLevel = (entry as Plan)["accessLevel"];
    const rest = without(entry as Plan, "accessLevel", "accessLevelDescription");
    return { ...rest, ...(accessLevel === undefined ? {} : { accessLevel: levelNumber(String(accessLevel)) }) };
  });
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
