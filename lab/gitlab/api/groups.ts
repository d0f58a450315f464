import type { FastifyInstance } from "fastify";
import { authorizeGroup, isLeaving, levelInGroup, seesGroup, seesProject } from "../auth/access";
import { authenticate, callerOf } from "../auth/caller";
import { level } from "../auth/levels";
import { groupPath } from "../auth/paths";
import { groupBody, groupDetailBody } from "../bodies/group";
import { projectBody } from "../bodies/project";
import { timestamp, type GitLabContext } from "../context";
import { forbidden, invalid, notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { flag, integer, list, nullable, oneOf, required, text, validate } from "../http/validate";
import { projectsBelow, removeMarkedGroup, restoreGroup, scheduleGroup } from "../rules/deletion";
import { groupFaults, isFaulty, keepRedirects, printFaults } from "../rules/names";
import { visibilityFaults } from "../rules/visibility";
import { attributeFilter, attributesOf, matches, sorted } from "../rules/search";
import { givenSettings, groupSettings, settingParameters, settingValues } from "../rules/settings";
import type { Group } from "../store/places";
import { attributeBody } from "./custom-attributes";

const visibility = oneOf("private", "internal", "public");

/** `/groups`: those that there are, one, and its life. Lists of what is in a group: group-lists.ts. */
export function groupRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { store } = context;

  app.get("/api/v4/groups", (request, reply) => {
    const caller = callerOf(context, request);
    const asked = validate(request, {
      search: text,
      owned: flag,
      top_level_only: flag,
      min_access_level: integer,
      skip_groups: list(integer),
      visibility,
      order_by: oneOf("name", "path", "id", "similarity"),
      sort: oneOf("asc", "desc"),
      with_custom_attributes: flag,
    });
    const user = caller?.user;
    const isAdmin = caller?.isAdmin === true;
    const role = asked.owned === true ? level.owner : (asked.min_access_level ?? 0);
    const hasAttributes = attributeFilter(context, request, isAdmin, "group");
    const found = store.groups
      .where((group) => seesGroup(context, group, user))
      .filter((group) => matches(asked.search, group.name, group.path, groupPath(store, group)))
      .filter((group) => asked.top_level_only !== true || group.parent_id === null)
      .filter((group) => asked.visibility === undefined || group.visibility === asked.visibility)
      .filter((group) => asked.skip_groups?.includes(group.id) !== true)
      .filter((group) => role === 0 || (user !== undefined && levelInGroup(context, group, user) >= role))
      .filter(hasAttributes);
    const order = asked.order_by ?? "name";
    const page = sorted(found, (one) => (order === "similarity" ? one.name : one[order]), asked.sort ?? "asc");
    return paginate(request, reply, context.url, page).map((group) => ({
      ...groupBody(context, group),
      ...(asked.with_custom_attributes === true &&
        isAdmin && { custom_attributes: attributesOf(context, "group", group.id).map(attributeBody) }),
    }));
  });

  app.get("/api/v4/groups/:id", (request) => {
    const { group, caller } = authorizeGroup(context, request, 0);
    const asked = validate(request, { with_custom_attributes: flag, with_projects: flag });
    const own = store.projects
      .where((project) => project.namespace_id === group.id && seesProject(context, project, caller?.user))
      .map((project) => projectBody(context, project));
    return {
      ...groupDetailBody(context, group, asked.with_projects === false ? [] : own),
      ...(asked.with_custom_attributes === true &&
        caller?.isAdmin === true && { custom_attributes: attributesOf(context, "group", group.id).map(attributeBody) }),
    };
  });

  app.post("/api/v4/groups", (request, reply) => {
    const { user, isAdmin } = authenticate(context, request);
    const asked = validate(request, {
      name: required(text),
      path: required(text),
      parent_id: nullable(integer),
      description: nullable(text),
      visibility,
    });
    const settings = givenSettings(groupSettings, validate(request, settingParameters(groupSettings)));
    const above = asked.parent_id ?? null;
    const parent = above === null ? undefined : store.groups.get(above);
    if (above !== null && (parent === undefined || !seesGroup(context, parent, user))) throw notFound("Group");
    if (
      parent === undefined ? !user.can_create_group && !isAdmin : levelInGroup(context, parent, user) < need(parent)
    ) {
      throw forbidden();
    }
    if (parent !== undefined && isLeaving(context, parent)) throw forbidden();
    const faults = groupFaults(store, { name: asked.name, path: asked.path, parent: above });
    const wanted = asked.visibility ?? "private";
    Object.assign(faults, visibilityFaults(wanted, parent?.visibility, "group"));
    if (isFaulty(faults)) throw invalid(`Failed to save group ${printFaults(faults)}`);
    const group = store.groups.insert({
      name: asked.name,
      path: asked.path,
      parent_id: above,
      description: asked.description ?? "",
      visibility: wanted,
      created_at: timestamp(context),
      marked_for_deletion_on: null,
      before_deletion: null,
      settings,
    });
    store.members.insert({
      source_type: "group",
      source_id: group.id,
      user_id: user.id,
      access_level: level.owner,
      expires_at: null,
      created_at: timestamp(context),
      created_by_id: user.id,
    });
    return reply.code(201).send(groupDetailBody(context, group));
  });

  app.put("/api/v4/groups/:id", (request) => {
    const { group } = authorizeGroup(context, request, level.owner);
    const asked = validate(request, { name: text, path: text, description: nullable(text), visibility });
    const settings = givenSettings(groupSettings, validate(request, settingParameters(groupSettings)));
    const { id, parent_id: parent } = group;
    const names = { name: asked.name ?? group.name, path: asked.path ?? group.path };
    const above = parent === null ? undefined : store.groups.need(parent).visibility;
    const faults = groupFaults(store, { ...names, parent, id });
    Object.assign(faults, visibilityFaults(asked.visibility ?? group.visibility, above, "group"));
    if (isFaulty(faults)) throw invalid(faults);
    if (names.path !== group.path) keepRedirects(store, projectsBelow(context, group));
    const description = asked.description === null ? "" : asked.description;
    store.groups.update(id, { ...names, description, visibility: asked.visibility });
    const changed = store.groups.update(id, { settings: { ...group.settings, ...settings } });
    return groupDetailBody(context, changed);
  });

  app.delete("/api/v4/groups/:id", (request, reply) => {
    const { group } = authorizeGroup(context, request, level.owner);
    const asked = validate(request, { permanently_remove: flag, full_path: text });
    if (asked.permanently_remove === true) removeMarkedGroup(context, group, asked.full_path);
    else scheduleGroup(context, group);
    return reply.code(202).send({ message: "202 Accepted" });
  });

  app.post("/api/v4/groups/:id/restore", (request, reply) => {
    const { group } = authorizeGroup(context, request, level.owner);
    return reply.code(201).send(groupDetailBody(context, restoreGroup(context, group)));
  });

  /** The role that makes a group below another one. */
  function need(parent: Group): number {
    const setting = settingValues(groupSettings, parent.settings)["subgroup_creation_level"];
    return setting === "owner" ? level.owner : level.maintainer;
  }
}
