import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { authorizeGroup, levelInProject, seesGroup, seesProject } from "../auth/access";
import { level } from "../auth/levels";
import { groupPath } from "../auth/paths";
import { groupBody } from "../bodies/group";
import { projectBody, simpleProjectBody } from "../bodies/project";
import type { GitLabContext } from "../context";
import { paginate } from "../http/paginate";
import { flag, integer, oneOf, text, validate } from "../http/validate";
import { groupsBelow, projectsBelow } from "../rules/deletion";
import { attributeFilter, attributesOf, matches, sorted } from "../rules/search";
import type { Group } from "../store/places";
import { attributeBody } from "./custom-attributes";

/** What is in a group: its subgroups, all groups below it, its projects. */
export function groupListRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { store } = context;

  function answerGroups(request: FastifyRequest, reply: FastifyReply, below: (group: Group) => Group[]): object[] {
    const { group, caller } = authorizeGroup(context, request, 0);
    const asked = validate(request, {
      search: text,
      order_by: oneOf("name", "path", "id", "similarity"),
      sort: oneOf("asc", "desc"),
    });
    const order = asked.order_by ?? "name";
    const found = below(group)
      .filter((one) => seesGroup(context, one, caller?.user))
      .filter((one) => matches(asked.search, one.name, one.path, groupPath(store, one)));
    const page = sorted(found, (one) => (order === "similarity" ? one.name : one[order]), asked.sort ?? "asc");
    return paginate(request, reply, context.url, page).map((one) => groupBody(context, one));
  }

  app.get("/api/v4/groups/:id/subgroups", (request, reply) =>
    answerGroups(request, reply, ({ id }) => store.groups.where((one) => one.parent_id === id)),
  );
  app.get("/api/v4/groups/:id/descendant_groups", (request, reply) =>
    answerGroups(request, reply, (group) => groupsBelow(context, group)),
  );

  app.get("/api/v4/groups/:id/projects", (request, reply) => {
    const { group, caller } = authorizeGroup(context, request, 0);
    const asked = validate(request, {
      include_subgroups: flag,
      archived: flag,
      visibility: oneOf("private", "internal", "public"),
      search: text,
      simple: flag,
      owned: flag,
      min_access_level: integer,
      order_by: oneOf("id", "name", "path", "created_at", "updated_at", "last_activity_at", "similarity"),
      sort: oneOf("asc", "desc"),
      with_custom_attributes: flag,
    });
    const user = caller?.user;
    const role = asked.owned === true ? level.owner : (asked.min_access_level ?? 0);
    const below = asked.include_subgroups === true ? projectsBelow(context, group) : [];
    const own = store.projects.where((project) => project.namespace_id === group.id);
    const found = (asked.include_subgroups === true ? below : own)
      .filter((project) => seesProject(context, project, user))
      .filter((project) => asked.archived === undefined || project.archived === asked.archived)
      .filter((project) => asked.visibility === undefined || project.visibility === asked.visibility)
      .filter((project) => matches(asked.search, project.name, project.path))
      .filter((project) => role === 0 || (user !== undefined && levelInProject(context, project, user) >= role))
      .filter(attributeFilter(context, request, caller?.isAdmin === true, "project"));
    const order = asked.order_by === undefined || asked.order_by === "similarity" ? "created_at" : asked.order_by;
    const page = sorted(found, (one) => one[order], asked.sort ?? "desc");
    return paginate(request, reply, context.url, page).map((project) => ({
      ...(asked.simple === true ? simpleProjectBody(context, project) : projectBody(context, project)),
      ...(asked.with_custom_attributes === true &&
        caller?.isAdmin === true && {
          custom_attributes: attributesOf(context, "project", project.id).map(attributeBody),
        }),
    }));
  });
}
