import type { FastifyInstance } from "fastify";
import { authorizeProject, isLeaving, levelInGroup, levelInProject, seesProject } from "../auth/access";
import { authenticate, callerOf } from "../auth/caller";
import { level } from "../auth/levels";
import { projectPath } from "../auth/paths";
import { projectBody, simpleProjectBody } from "../bodies/project";
import type { GitLabContext } from "../context";
import { badParameters, invalid } from "../http/errors";
import { paginate } from "../http/paginate";
import { flag, integer, nullable, oneOf, text, validate } from "../http/validate";
import { removeMarkedProject, restoreProject, scheduleProject } from "../rules/deletion";
import { changeProject, createProject } from "../rules/project-changes";
import { attributeFilter, attributesOf, matches, sorted } from "../rules/search";
import { givenSettings, groupSettings, projectSettings, settingParameters, settingValues } from "../rules/settings";
import type { User } from "../store/people";
import { attributeBody } from "./custom-attributes";

const changeable = {
  name: text,
  path: text,
  description: nullable(text),
  visibility: oneOf("private", "internal", "public"),
  default_branch: text,
  ci_config_path: nullable(text),
};

/** `/projects`: those that there are, one, and its life. */
export function projectRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { store } = context;

  app.get("/api/v4/projects", (request, reply) => {
    const caller = callerOf(context, request);
    const asked = validate(request, {
      search: text,
      search_namespaces: flag,
      membership: flag,
      owned: flag,
      archived: flag,
      simple: flag,
      visibility: changeable.visibility,
      min_access_level: integer,
      id_after: integer,
      id_before: integer,
      topic: text,
      order_by: oneOf("id", "name", "path", "created_at", "updated_at", "last_activity_at", "similarity"),
      sort: oneOf("asc", "desc"),
      with_custom_attributes: flag,
    });
    const user = caller?.user;
    const isAdmin = caller?.isAdmin === true;
    const role = asked.owned === true ? level.owner : (asked.min_access_level ?? 0);
    // An administrator is a member only where they are one.
    const asMember = user === undefined ? undefined : { ...user, admin: false };
    const belongs = (needed: number) => (project: Parameters<typeof levelInProject>[1]) =>
      needed === 0 || (asMember !== undefined && levelInProject(context, project, asMember) >= needed);
    const found = store.projects
      .where((project) => seesProject(context, project, user))
      .filter(belongs(asked.membership === true ? 1 : 0))
      .filter(belongs(role))
      .filter((project) => asked.archived === undefined || project.archived === asked.archived)
      .filter((project) => asked.visibility === undefined || project.visibility === asked.visibility)
      .filter(({ id }) => id > (asked.id_after ?? 0) && id < (asked.id_before ?? Number.MAX_SAFE_INTEGER))
      .filter(({ settings }) => asked.topic === undefined || isIn(settings["topics"], asked.topic))
      .filter((project) => {
        const more = asked.search_namespaces === true ? [projectPath(store, project)] : [];
        return matches(asked.search, project.name, project.path, project.description ?? "", ...more);
      })
      .filter(attributeFilter(context, request, isAdmin, "project"));
    const order = asked.order_by === undefined || asked.order_by === "similarity" ? "created_at" : asked.order_by;
    const page = sorted(found, (one) => one[order], asked.sort ?? "desc");
    const isSimple = asked.simple === true || user === undefined;
    return paginate(request, reply, context.url, page).map((project) => ({
      ...(isSimple ? simpleProjectBody(context, project) : projectBody(context, project, user)),
      ...(asked.with_custom_attributes === true &&
        isAdmin && { custom_attributes: attributesOf(context, "project", project.id).map(attributeBody) }),
    }));
  });

  app.get("/api/v4/projects/:id", (request) => {
    const { project, caller } = authorizeProject(context, request, 0);
    const asked = validate(request, { with_custom_attributes: flag });
    if (caller === undefined) return simpleProjectBody(context, project);
    const attributes =
      asked.with_custom_attributes === true && caller.isAdmin
        ? { custom_attributes: attributesOf(context, "project", project.id).map(attributeBody) }
        : {};
    return { ...projectBody(context, project, caller.user), ...attributes };
  });

  app.post("/api/v4/projects", async (request, reply) => {
    const { user } = authenticate(context, request);
    const asked = validate(request, { ...changeable, namespace_id: integer, initialize_with_readme: flag });
    if (asked.name === undefined && asked.path === undefined) {
      throw badParameters("name, path are missing, at least one parameter must be provided");
    }
    const { namespace_id = user.namespace_id, ...wanted } = asked;
    if (!mayCreateIn(user, namespace_id)) throw invalid({ namespace: ["is not valid"] });
    const settings = givenSettings(projectSettings, validate(request, settingParameters(projectSettings)));
    const project = await createProject(context, user, { ...wanted, namespace_id, settings });
    return reply.code(201).send(projectBody(context, project, user));
  });

  app.put("/api/v4/projects/:id", (request) => {
    const { project, caller } = authorizeProject(context, request, level.maintainer);
    const asked = validate(request, changeable);
    const settings = givenSettings(projectSettings, validate(request, settingParameters(projectSettings)));
    if (asked.visibility !== undefined) authorizeProject(context, request, level.owner);
    return projectBody(context, changeProject(context, project, { ...asked, settings }), caller?.user);
  });

  for (const [verb, archived] of Object.entries({ archive: true, unarchive: false })) {
    app.post(`/api/v4/projects/:id/${verb}`, (request, reply) => {
      const { project, caller } = authorizeProject(context, request, level.owner);
      const changed = store.projects.update(project.id, { archived });
      return reply.code(201).send(projectBody(context, changed, caller?.user));
    });
  }

  app.delete("/api/v4/projects/:id", (request, reply) => {
    const { project } = authorizeProject(context, request, level.owner);
    const asked = validate(request, { permanently_remove: flag, full_path: text });
    if (asked.permanently_remove === true) removeMarkedProject(context, project, asked.full_path);
    else scheduleProject(context, project);
    return reply.code(202).send({ message: "202 Accepted" });
  });

  app.post("/api/v4/projects/:id/restore", (request, reply) => {
    const { project, caller } = authorizeProject(context, request, level.owner);
    return reply.code(201).send(projectBody(context, restoreProject(context, project), caller?.user));
  });

  /** Whether somebody may make projects in a namespace: their own, or a group where their role does. */
  function mayCreateIn(user: User, namespaceId: number): boolean {
    if (namespaceId === user.namespace_id) return true;
    const group = store.groups.get(namespaceId);
    // Administrators may make projects for other users too.
    if (group === undefined)
      return user.admin && store.users.find((one) => one.namespace_id === namespaceId) !== undefined;
    if (isLeaving(context, group)) return false;
    const setting = String(settingValues(groupSettings, group.settings)["project_creation_level"]);
    return levelInGroup(context, group, user) >= (creators[setting] ?? level.developer);
  }
}

/** The role that `project_creation_level` asks for. */
const creators: Readonly<Record<string, number>> = {
  noone: 100,
  administrator: 100,
  owner: level.owner,
  maintainer: level.maintainer,
  developer: level.developer,
};

function isIn(topics: unknown, topic: string): boolean {
  return Array.isArray(topics) && topics.includes(topic);
}
