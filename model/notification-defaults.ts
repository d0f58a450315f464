import type { NotificationTemplate, TriggerCondition } from "./notification-settings";

const WHERE = `Application: {{.app.metadata.name}}
Project: {{.app.spec.project}}
Revision: {{with .app.status.sync}}{{.revision}}{{end}}
{{if .context.argocdUrl}}{{.context.argocdUrl}}/applications/{{.app.metadata.namespace}}/{{.app.metadata.name}}
{{end}}`;

/** `toJson` quotes and escapes: a commit's or an error's text must not end the string that it stands in. */
function webhook(event: string): NonNullable<NotificationTemplate["webhook"]> {
  return {
    method: "POST",
    body: `{
  "event": "${event}",
  "application": {{toJson .app.metadata.name}},
  "namespace": {{toJson .app.metadata.namespace}},
  "project": {{toJson .app.spec.project}},
  "sync": {{with .app.status.sync}}{{toJson .status}}{{else}}null{{end}},
  "revision": {{with .app.status.sync}}{{toJson .revision}}{{else}}null{{end}},
  "health": {{with .app.status.health}}{{toJson .status}}{{else}}null{{end}},
  "message": {{with .app.status.operationState}}{{toJson .message}}{{else}}null{{end}},
  "url": {{if .context.argocdUrl}}{{toJson (printf "%s/applications/%s/%s" .context.argocdUrl .app.metadata.namespace .app.metadata.name)}}{{else}}null{{end}}
}
`,
  };
}

function template(event: string, subject: string, more = ""): NotificationTemplate {
  return {
    message: subject,
    email: { subject, body: `${subject}\n\n${more}${WHERE}` },
    webhook: webhook(event),
  };
}

/** What is told without anybody having written a template. */
export const READY_TEMPLATES: Readonly<Record<string, NotificationTemplate>> = {
  "app-deployed": template("deployed", "{{.app.metadata.name}} is deployed and healthy"),
  "app-sync-failed": template(
    "sync-failed",
    "{{.app.metadata.name}} could not be synchronised",
    "{{with .app.status.operationState}}{{.message}}{{end}}\n\n",
  ),
  "app-health-degraded": template("health-degraded", "{{.app.metadata.name}} is degraded"),
};

/** One revision is told once. */
const ONCE_PER = "app.status.operationState?.syncResult?.revision";

/**
 * When it is told. An Application that was never synchronised has no `operationState`, a new one no `status`.
 *
 * While a synchronisation ends, the rest of the status is still from before: times are in seconds, so they do not tell.
 * `Synced` does, as it is written together with the health of what is new. As long as there is an `operation`, there is
 * no result of it, and so no revision.
 */
export const READY_TRIGGERS: Readonly<Record<string, readonly TriggerCondition[]>> = {
  "on-deployed": [
    {
      description: "The Application was synchronised and is healthy; once for each revision.",
      when:
        "app.status?.operationState?.phase == 'Succeeded' and app.status?.sync?.status == 'Synced' and " +
        "app.status?.health?.status == 'Healthy'",
      send: ["app-deployed"],
      oncePer: ONCE_PER,
    },
  ],
  "on-sync-failed": [
    {
      description: "A synchronisation failed; once for each.",
      when: "app.status?.operationState?.phase in ['Error', 'Failed']",
      send: ["app-sync-failed"],
      oncePer: "app.status.operationState?.startedAt",
    },
  ],
  "on-health-degraded": [
    {
      description: "The Application is degraded; once for each revision.",
      when: "app.status?.health?.status == 'Degraded' and app.operation == nil",
      send: ["app-health-degraded"],
      oncePer: ONCE_PER,
    },
  ],
};
