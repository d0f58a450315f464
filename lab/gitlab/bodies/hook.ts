import { groupHookEvents, type Hook, type HookDelivery, sharedHookEvents } from "../store/hooks";

/** A hook as it is told: never with its token or the values of its headers. */
export function hookBody(hook: Hook): Record<string, unknown> {
  const { source_type: type } = hook;
  const events = [...sharedHookEvents, ...(type === "group" ? groupHookEvents : [])];
  return {
    id: hook.id,
    url: hook.url,
    name: hook.name,
    description: hook.description,
    created_at: hook.created_at,
    ...Object.fromEntries(events.map((event) => [event, hook.events[event] ?? false])),
    repository_update_events: false,
    enable_ssl_verification: hook.enable_ssl_verification,
    alert_status: "executable",
    disabled_until: null,
    url_variables: [],
    push_events_branch_filter: hook.push_events_branch_filter,
    branch_filter_strategy: hook.branch_filter_strategy,
    custom_webhook_template: hook.custom_webhook_template,
    custom_headers: hook.custom_headers.map(({ key }) => ({ key })),
    [`${type}_id`]: hook.source_id,
  };
}

/** A delivery of a hook, the token left out. */
export function hookDeliveryBody(delivery: HookDelivery): Record<string, unknown> {
  return {
    id: delivery.id,
    url: delivery.url,
    trigger: delivery.trigger,
    request_headers: { "Content-Type": "application/json" },
    request_data: delivery.request_data,
    response_headers: {},
    response_body: delivery.response_body,
    execution_duration: delivery.execution_duration,
    response_status: delivery.response_status,
    created_at: delivery.created_at,
  };
}
