import type { FastifyInstance } from "fastify";
import { seesGroup } from "../auth/access";
import { authenticate } from "../auth/caller";
import { findGroup, groupPath } from "../auth/paths";
import { namespaceBody } from "../bodies/project";
import type { GitLabContext } from "../context";
import { notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { flag, integer, text, validate } from "../http/validate";
import { matches } from "../rules/search";
import type { User } from "../store/people";

/** `/namespaces`: users' own ones and groups, by one sequence of ids. */
export function namespaceRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { store } = context;
  const groups = (user: User) => store.groups.where((group) => seesGroup(context, group, user));
  const users = (user: User) => store.users.where((one) => !one.bot && (user.admin || one.id === user.id));

  app.get("/api/v4/namespaces", (request, reply) => {
    const { user } = authenticate(context, request);
    const asked = validate(request, { search: text, top_level_only: flag });
    const found = [
      ...users(user)
        .filter(({ username, name }) => matches(asked.search, username, name))
        .map((one) => one.namespace_id),
      ...groups(user)
        .filter((group) => asked.top_level_only !== true || group.parent_id === null)
        .filter((group) => matches(asked.search, group.name, groupPath(store, group)))
        .map(({ id }) => id),
    ];
    return paginate(request, reply, context.url, found).map((id) => namespaceBody(context, id));
  });

  app.get("/api/v4/namespaces/:id", (request) => {
    const { user } = authenticate(context, request);
    const { id } = request.params as { id: string };
    const byId = /^\d+$/.test(id);
    const group = byId ? store.groups.get(Number(id)) : findGroup(store, id);
    if (group !== undefined && seesGroup(context, group, user)) return namespaceBody(context, group.id);
    const owner = users(user).find((one) => (byId ? one.namespace_id === Number(id) : one.username === id));
    if (owner === undefined) throw notFound("Namespace");
    return namespaceBody(context, owner.namespace_id);
  });

  app.get("/api/v4/namespaces/:id/exists", (request) => {
    authenticate(context, request);
    const { id: path } = request.params as { id: string };
    const { parent_id: parent } = validate(request, { parent_id: integer });
    const isThere = (wanted: string): boolean =>
      store.groups.find((one) => one.parent_id === (parent ?? null) && one.path === wanted) !== undefined ||
      (parent === undefined && store.users.find(({ username }) => username === wanted) !== undefined);
    if (!isThere(path)) return { exists: false, suggests: [] };
    let number = 1;
    while (isThere(path + String(number))) number += 1;
    return { exists: true, suggests: [path + String(number)] };
  });
}
