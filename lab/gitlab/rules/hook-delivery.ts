import { existsSync, readFileSync } from "node:fs";
import { deliver } from "../../git/webhooks/deliver";
import { matchesRule } from "../git/protection";
import { groupOfProject, lineage } from "../auth/paths";
import { timestamp, type GitLabContext } from "../context";
import type { Hook, HookDelivery, HookEvent } from "../store/hooks";
import type { Project } from "../store/places";
import { urlFault } from "./hook-values";
import { instanceSettings } from "./instance-settings";

/** What hooks are told. */
export interface HookMessage {
  /** The flag that a hook has to have. */
  readonly event: HookEvent;
  /** The value of X-Gitlab-Event: `Push Hook`. */
  readonly header: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The branch that a push has moved, for hooks that want some branches alone. */
  readonly branch?: string;
}

/** GitLab keeps deliveries for seven days; the double keeps so many of each hook. */
const kept = 100;

/** The hooks of a project, and of the groups that it is in, that want to be told. */
export function hooksFor({ store }: GitLabContext, project: Project, { event, branch }: HookMessage): Hook[] {
  const group = groupOfProject(store, project);
  const groups = new Set(group === undefined ? [] : lineage(store, group).map(({ id }) => id));
  return store.hooks
    .where((hook) => (hook.source_type === "project" ? hook.source_id === project.id : groups.has(hook.source_id)))
    .filter((hook) => hook.events[event] === true)
    .filter((hook) => branch === undefined || wantsBranch(hook, branch));
}

function wantsBranch(
  { branch_filter_strategy: strategy, push_events_branch_filter: filter }: Hook,
  branch: string,
): boolean {
  if (strategy === "all_branches" || filter === "") return true;
  return strategy === "regex" ? new RegExp(filter).test(branch) : matchesRule(filter, branch);
}

/** Tells a hook, and keeps what became of it. A hook that fails is nobody's error. */
export async function tellHook(
  context: GitLabContext,
  hook: Hook,
  message: HookMessage,
): Promise<HookDelivery | undefined> {
  const { store, paths } = context;
  const begin = performance.now();
  const ca = existsSync(paths.trustedCa) ? readFileSync(paths.trustedCa, "utf8") : "";
  const headers = Object.fromEntries(hook.custom_headers.map(({ key, value }) => [key, value]));
  const webhook = {
    url: hook.url,
    ...(hook.token !== null && { token: hook.token }),
    enableSslVerification: hook.enable_ssl_verification,
    headers: { ...headers, "x-gitlab-instance": context.url },
  };
  const { allow_local_requests_from_web_hooks_and_services: allowsLocal } = instanceSettings(context);
  const fault = urlFault(hook.url, allowsLocal);
  const delivery =
    fault === undefined
      ? await deliver(webhook, message.header, message.body, ca)
      : { error: `URL '${withoutQuery(hook.url)}' is blocked: ${fault}` };
  // Removed in the meantime.
  if (store.hooks.get(hook.id) === undefined) return undefined;
  const answered = "status" in delivery;
  const record = store.hookDeliveries.insert({
    hook_id: hook.id,
    trigger: message.event.replace(/_events$/, "_hooks"),
    url: withoutQuery(hook.url),
    response_status: answered ? String(delivery.status) : "internal error",
    response_body: answered ? delivery.answer : delivery.error,
    request_data: message.body,
    execution_duration: (performance.now() - begin) / 1000,
    created_at: timestamp(context),
  });
  const old = store.hookDeliveries.where(({ hook_id }) => hook_id === hook.id).slice(0, -kept);
  const ids = new Set(old.map(({ id }) => id));
  if (ids.size > 0) store.hookDeliveries.removeWhere(({ id }) => ids.has(id));
  context.log(`hook ${String(hook.id)}: ${message.header} to ${record.url}: ${record.response_status}`);
  return record;
}

/** A URL may have a secret in its query, and a password in front of its host. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*/, "").replace(/\/\/[^/@]*@/, "//");
}
