import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorizeProject } from "../auth/access";
import { level } from "../auth/levels";
import { hookBody, hookDeliveryBody } from "../bodies/hook";
import { timestamp, type GitLabContext } from "../context";
import type { Push } from "../events";
import { openRepository } from "../git/open-repository";
import { ApiError, invalid, notFound, recordNotFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { flag, nullable, oneOf, parametersOf, required, text, validate } from "../http/validate";
import { type HookMessage, hooksFor, tellHook } from "../rules/hook-delivery";
import { instanceSettings } from "../rules/instance-settings";
import { readHeaders, urlFault } from "../rules/hook-values";
import { pushMessage, samplePush } from "../rules/push-message";
import { groupHookEvents, type Hook, type HookEvent, sharedHookEvents } from "../store/hooks";
import { authorizeSource, isOf, onRemoval, pathParameter, type Source, sourceTypes } from "./source";

const need = { group: level.owner, project: level.maintainer };
const allEvents: readonly HookEvent[] = [...sharedHookEvents, ...groupHookEvents];
const eventShape = Object.fromEntries(allEvents.map((event) => [event, flag]));
const fields = {
  name: nullable(text),
  description: nullable(text),
  token: nullable(text),
  enable_ssl_verification: flag,
  push_events_branch_filter: text,
  branch_filter_strategy: oneOf("wildcard", "regex", "all_branches"),
  custom_webhook_template: nullable(text),
};

/** Webhooks of groups and projects, and their delivery. */
export function hookRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { store } = context;
  const underway = new Set<Promise<unknown>>();
  const tell = (hook: Hook, message: HookMessage): void => {
    const told: Promise<unknown> = tellHook(context, hook, message)
      .catch((error: unknown) => {
        context.log(`hook ${String(hook.id)}: ${error instanceof Error ? error.message : String(error)}`);
      })
      .finally(() => underway.delete(told));
    underway.add(told);
  };
  // What is told after the end would be written into a folder that may be gone.
  app.addHook("onClose", async () => {
    await Promise.allSettled(underway);
  });
  context.events.on("push", (push: Push) => {
    const project = store.projects.get(push.project_id);
    if (project === undefined) return;
    const event = push.ref.startsWith("refs/tags/") ? "tag_push_events" : "push_events";
    // Most projects have no hook: then git is not asked what was pushed.
    if (hooksFor(context, project, { event, header: "", body: {} }).length === 0) return;
    const message = pushMessage(context, project, push);
    for (const hook of hooksFor(context, project, message)) tell(hook, message);
  });
  for (const type of sourceTypes) addRoutes(app, context, type);
  addTest(app, context);
  onRemoval(context, (source) => {
    const ids = new Set(store.hooks.where(isOf(source)).map(({ id }) => id));
    store.hooks.removeWhere(({ id }) => ids.has(id));
    store.hookDeliveries.removeWhere(({ hook_id }) => ids.has(hook_id));
  });
}

function findHook(context: GitLabContext, request: FastifyRequest, source: Pick<Source, "type" | "id">): Hook {
  const id = Number(pathParameter(request, "hook_id"));
  const hook = context.store.hooks.where(isOf(source)).find((one) => one.id === id);
  if (hook === undefined) throw recordNotFound();
  return hook;
}

function addRoutes(app: FastifyInstance, context: GitLabContext, type: Source["type"]): void {
  const { hooks, hookDeliveries } = context.store;
  const path = `/api/v4/${type}s/:id/hooks`;
  const open = (request: FastifyRequest): Source => authorizeSource(context, request, type, need);
  const find = (request: FastifyRequest): Hook => findHook(context, request, open(request));

  app.get(path, (request, reply) => {
    const found = hooks.where(isOf(open(request)));
    return paginate(request, reply, context.url, found).map(hookBody);
  });

  app.get(`${path}/:hook_id`, (request) => hookBody(find(request)));

  app.get(`${path}/:hook_id/events`, (request, reply) => {
    const { id } = find(request);
    const found = hookDeliveries.where(({ hook_id }) => hook_id === id).reverse();
    return paginate(request, reply, context.url, found).map(hookDeliveryBody);
  });

  app.post(path, (request, reply) => {
    const source = open(request);
    const asked = validate(request, { url: required(text), ...fields });
    checkUrl(context, asked.url);
    const hook = hooks.insert({
      source_type: type,
      source_id: source.id,
      url: asked.url,
      name: asked.name ?? null,
      description: asked.description ?? null,
      token: asked.token ?? null,
      enable_ssl_verification: asked.enable_ssl_verification ?? true,
      // A hook of which nothing is said is told of pushes.
      events: { push_events: true, ...eventsOf(request) },
      push_events_branch_filter: asked.push_events_branch_filter ?? "",
      branch_filter_strategy: asked.branch_filter_strategy ?? "wildcard",
      custom_webhook_template: asked.custom_webhook_template ?? null,
      custom_headers: readHeaders(parametersOf(request)["custom_headers"]) ?? [],
      created_at: timestamp(context),
    });
    return reply.code(201).send(hookBody(hook));
  });

  app.put(`${path}/:hook_id`, (request) => {
    const hook = find(request);
    const asked = validate(request, { url: text, ...fields });
    if (asked.url !== undefined) checkUrl(context, asked.url);
    const changed = hooks.update(hook.id, {
      ...asked,
      events: { ...hook.events, ...eventsOf(request) },
      custom_headers: readHeaders(parametersOf(request)["custom_headers"]),
    });
    return hookBody(changed);
  });

  app.delete(`${path}/:hook_id`, (request, reply) => {
    const { id } = find(request);
    hooks.remove(id);
    hookDeliveries.removeWhere(({ hook_id }) => hook_id === id);
    return reply.code(204).send();
  });
}

/** `POST /projects/:id/hooks/:hook_id/test/push_events`: tells the hook at once of the last push. */
function addTest(app: FastifyInstance, context: GitLabContext): void {
  app.post("/api/v4/projects/:id/hooks/:hook_id/test/:trigger", async (request, reply) => {
    const { project, caller } = authorizeProject(context, request, level.maintainer);
    const hook = findHook(context, request, { type: "project", id: project.id });
    if (caller === undefined) throw notFound("Project");
    if (pathParameter(request, "trigger") !== "push_events") {
      throw invalid("Testing not available for this hook", 422);
    }
    const head = await openRepository(context, project).branch(project.default_branch);
    if (head === undefined) throw invalid("Ensure the project has at least one commit.", 422);
    const message = pushMessage(context, project, samplePush(project, caller.user, head));
    const delivery = await tellHook(context, hook, message);
    const status = Number(delivery?.response_status);
    if (!(status >= 200 && status < 300)) throw invalid(delivery?.response_body ?? "", 422);
    return reply.code(201).send({ message: "201 Created" });
  });
}

function eventsOf(request: FastifyRequest): Partial<Record<HookEvent, boolean>> {
  const given = Object.entries(validate(request, eventShape)).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

function checkUrl(context: GitLabContext, url: string): void {
  const { allow_local_requests_from_web_hooks_and_services: allowsLocal } = instanceSettings(context);
  if (urlFault(url, allowsLocal) !== undefined) throw new ApiError(422, { error: "Invalid url given" });
}
