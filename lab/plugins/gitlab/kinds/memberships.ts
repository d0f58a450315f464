import { type Kind, options, part, textOf, type Told, without } from "../kind";
import { levelName, levelNumber } from "../levels";

/** A user as a member of a project. */
export const projectMembership: Kind = {
  token: "gitlab:index/projectMembership:ProjectMembership",
  idParts: 2,

  async create({ gitlab }, plan) {
    const [project, user] = [textOf(plan, "project"), Number(plan["userId"])];
    const body = options({ userId: user, ...without(plan, "project", "userId", "accessLevel") });
    const made = await gitlab.ProjectMembers.add(project, levelOf(plan["accessLevel"]), body);
    return { id: `${project}:${user}`, told: toldOf(made) };
  },

  async read({ gitlab }, id) {
    const [project, userId] = [part(id, 0), Number(part(id, 1))];
    return { ...toldOf(await gitlab.ProjectMembers.show(project, userId)), project, userId };
  },

  async update({ gitlab }, id, { plan }) {
    const body = options(without(plan, "project", "userId", "accessLevel"));
    const level = levelOf(plan["accessLevel"]);
    return toldOf(await gitlab.ProjectMembers.edit(part(id, 0), Number(part(id, 1)), level, body));
  },

  async remove({ gitlab }, id) {
    await gitlab.ProjectMembers.remove(part(id, 0), Number(part(id, 1)));
  },
};

const choices = ["skipSubresourcesOnDestroy", "unassignIssuablesOnDestroy"];

/** A user as a member of a group. */
export const groupMembership: Kind = {
  token: "gitlab:index/groupMembership:GroupMembership",
  idParts: 2,
  attributes: {
    groupId: { replaces: true },
    userId: { replaces: true },
    skipSubresourcesOnDestroy: { default: false, untold: true },
    unassignIssuablesOnDestroy: { default: false, untold: true },
  },

  async create({ gitlab }, plan) {
    const [group, user] = [textOf(plan, "groupId"), Number(plan["userId"])];
    const body = options({ userId: user, ...without(plan, "groupId", "userId", "accessLevel", ...choices) });
    const made = await gitlab.GroupMembers.add(group, levelOf(plan["accessLevel"]), body);
    return { id: `${group}:${user}`, told: toldOf(made) };
  },

  async read({ gitlab }, id) {
    const [groupId, userId] = [Number(part(id, 0)), Number(part(id, 1))];
    return { ...toldOf(await gitlab.GroupMembers.show(groupId, userId)), groupId, userId };
  },

  async update({ gitlab }, id, { plan }) {
    const body = options(without(plan, "groupId", "userId", "accessLevel", ...choices));
    const level = levelOf(plan["accessLevel"]);
    return toldOf(await gitlab.GroupMembers.edit(part(id, 0), Number(part(id, 1)), level, body));
  },

  async remove({ gitlab }, id, state) {
    const searchParams = {
      skipSubresources: state["skipSubresourcesOnDestroy"] === true,
      unassignIssuables: state["unassignIssuablesOnDestroy"] === true,
    };
    await gitlab.GroupMembers.remove(part(id, 0), Number(part(id, 1)), options({ searchParams }));
  },
};

/** The client has its own type of levels. */
function levelOf(name: unknown): never {
  return levelNumber(String(name)) as never;
}

function toldOf(found: object): Told {
  const { accessLevel, expiresAt } = found as { readonly accessLevel: number; readonly expiresAt?: string | null };
  return { accessLevel: levelName(accessLevel), expiresAt: expiresAt ?? null };
}
