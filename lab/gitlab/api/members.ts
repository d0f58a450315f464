import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorizeGroup, authorizeProject, levelInGroup, membersOfGroup, membersOfProject } from "../auth/access";
import { authenticate, type Caller } from "../auth/caller";
import { level, memberLevels } from "../auth/levels";
import { groupOfProject, lineage } from "../auth/paths";
import { memberBody } from "../bodies/member";
import { timestamp, type GitLabContext } from "../context";
import { ApiError, conflict, forbidden, invalid, notFound, recordNotFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { date, integer, list, nullable, required, text, validate } from "../http/validate";
import { matches } from "../rules/search";
import type { Member, User } from "../store/people";
import type { Group } from "../store/places";

/** Where a membership is, and who may change it. */
interface Source {
  readonly type: "group" | "project";
  readonly id: number;
  /** Its own memberships and those it inherits. */
  readonly all: Member[];
  /** The groups above it, nearest first. */
  readonly above: Group[];
  readonly caller: Caller | undefined;
  /** The role that the caller has there. */
  readonly role: number;
}

/** Members of groups and projects, direct and inherited. */
export function memberRoutes(app: FastifyInstance, context: GitLabContext): void {
  addRoutes(app, context, "group", (request, need) => {
    const { group, caller, role } = authorizeGroup(context, request, need === 0 ? 0 : level.owner);
    const above = lineage(context.store, group).slice(1);
    return { type: "group", id: group.id, all: membersOfGroup(context, group), above, caller, role };
  });
  addRoutes(app, context, "project", (request, need) => {
    const { project, caller, role } = authorizeProject(context, request, need);
    const group = groupOfProject(context.store, project);
    const above = group === undefined ? [] : lineage(context.store, group);
    return { type: "project", id: project.id, all: membersOfProject(context, project), above, caller, role };
  });
}

function addRoutes(
  app: FastifyInstance,
  context: GitLabContext,
  type: Source["type"],
  sourceOf: (request: FastifyRequest, need: number) => Source,
): void {
  const { store } = context;
  const path = `/api/v4/${type}s/:id/members`;
  const open = (request: FastifyRequest, need: number): Source => {
    authenticate(context, request);
    return sourceOf(request, need);
  };
  const isOwn = (source: Source) => (member: Member) =>
    member.source_type === source.type && member.source_id === source.id;
  /** Of several memberships of a user, the one with the highest role. */
  const highest = (members: readonly Member[]): Member[] => {
    const best = new Map<number, Member>();
    for (const member of members) {
      const known = best.get(member.user_id);
      if (known === undefined || known.access_level <= member.access_level) best.set(member.user_id, member);
    }
    return [...best.values()].sort((a, b) => a.user_id - b.user_id);
  };
  const body = (member: Member): object => memberBody(context, member);
  const findOwn = (request: FastifyRequest, source: Source): Member => {
    const userId = Number((request.params as { user_id: string }).user_id);
    const found = source.all.filter(isOwn(source)).find(({ user_id }) => user_id === userId);
    if (found === undefined) throw recordNotFound();
    return found;
  };

  for (const [suffix, inherited] of [
    ["", false],
    ["/all", true],
  ] as const) {
    app.get(path + suffix, (request, reply) => {
      const source = open(request, 0);
      const asked = validate(request, { query: text, user_ids: list(integer) });
      const members = inherited ? highest(source.all) : source.all.filter(isOwn(source));
      const found = members.filter(({ user_id }) => {
        const { name, username } = store.users.need(user_id);
        return matches(asked.query, name, username) && asked.user_ids?.includes(user_id) !== false;
      });
      return paginate(request, reply, context.url, found).map(body);
    });

    app.get(`${path}${suffix}/:user_id`, (request) => {
      const source = open(request, 0);
      if (!inherited) return body(findOwn(request, source));
      const userId = Number((request.params as { user_id: string }).user_id);
      const found = highest(source.all).find(({ user_id }) => user_id === userId);
      if (found === undefined) throw recordNotFound();
      return body(found);
    });
  }

  app.post(path, (request, reply) => {
    const source = open(request, level.maintainer);
    const asked = validate(request, {
      user_id: list(integer),
      username: text,
      access_level: required(integer),
      expires_at: nullable(date),
    });
    const users = usersOf(asked.user_id ?? [], asked.username);
    checkLevel(source, asked.access_level);
    const added = users.map((user) => {
      if (source.all.some((one) => isOwn(source)(one) && one.user_id === user.id))
        throw conflict("Member already exists");
      checkInherited(source, user, asked.access_level);
      return store.members.insert({
        source_type: source.type,
        source_id: source.id,
        user_id: user.id,
        access_level: asked.access_level,
        expires_at: asked.expires_at ?? null,
        created_at: timestamp(context),
        created_by_id: source.caller?.user.id ?? null,
      });
    });
    const [only] = added;
    return reply.code(201).send(only !== undefined && added.length === 1 ? body(only) : { status: "success" });
  });

  app.put(`${path}/:user_id`, (request) => {
    const source = open(request, level.maintainer);
    const asked = validate(request, { access_level: required(integer), expires_at: nullable(date) });
    const member = findOwn(request, source);
    checkLevel(source, asked.access_level);
    checkInherited(source, store.users.need(member.user_id), asked.access_level);
    return body(store.members.update(member.id, { access_level: asked.access_level, expires_at: asked.expires_at }));
  });

  app.delete(`${path}/:user_id`, (request, reply) => {
    // Whoever wants to leave may.
    const isSelf = authenticate(context, request).user.id === Number((request.params as { user_id: string }).user_id);
    const source = open(request, isSelf ? 0 : level.maintainer);
    const member = findOwn(request, source);
    const owners = source.all.filter(({ access_level }) => access_level === level.owner);
    if (source.type === "group" && source.above.length === 0 && owners.length === 1 && owners[0]?.id === member.id) {
      throw forbidden();
    }
    store.members.remove(member.id);
    return reply.code(204).send();
  });

  function usersOf(ids: readonly number[], username: string | undefined): User[] {
    if (ids.length === 0 && username === undefined) {
      throw new ApiError(400, { error: "user_id, username are missing, at least one parameter must be provided" });
    }
    const named = username?.split(",").map((name) => store.users.find((user) => user.username === name)) ?? [];
    return [...ids.map((id) => store.users.get(id)), ...named].map((user) => {
      if (user === undefined) throw notFound("User");
      return user;
    });
  }

  function checkLevel({ role, type: kind }: Source, wanted: number): void {
    const allowed: readonly number[] = memberLevels;
    if (!allowed.includes(wanted) || (kind === "project" && wanted === level.minimal)) {
      throw invalid({ access_level: ["is not included in the list"] });
    }
    // Nobody gives more than they have.
    if (wanted > role) throw forbidden();
  }

  /** A role may not be lower than the one that the user has from above. */
  function checkInherited({ above }: Source, user: User, wanted: number): void {
    const [nearest] = above;
    const plain = { ...user, admin: false };
    const inherited = nearest === undefined ? 0 : levelInGroup(context, nearest, plain);
    if (wanted >= inherited || nearest === undefined) return;
    throw invalid({
      access_level: [
        `should be greater than or equal to ${names[inherited] ?? ""} inherited membership from group ${nearest.name}`,
      ],
    });
  }
}

const names: Readonly<Record<number, string>> = {
  5: "Minimal Access",
  10: "Guest",
  15: "Planner",
  20: "Reporter",
  30: "Developer",
  40: "Maintainer",
  50: "Owner",
};
