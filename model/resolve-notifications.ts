import { READY_TEMPLATES, READY_TRIGGERS } from "./notification-defaults";
import type {
  EmailService,
  Login,
  NotificationSettings,
  NotificationTemplate,
  TriggerCondition,
  WebhookHeader,
  WebhookService,
} from "./notification-settings";
import type { Path, Report } from "./report";
import { resolveLogin, resolveValue } from "./resolve-secrets";
import type { Secrets } from "./resolve-secrets";
import type { NotificationsInput } from "./schema/argocd-notifications";
import { suggestionOr } from "./suggest";

const HERE: Path = ["argocd", "notifications"];

/** Whom Argo CD tells what, with the ready-made templates and triggers among those of the stack. */
export function resolveNotifications(
  input: NotificationsInput,
  secrets: Secrets,
  report: Report,
): NotificationSettings {
  const email = resolveEmail(input.email, secrets, report);
  const settings: NotificationSettings = {
    webhooks: Object.entries(input.webhooks ?? {}).flatMap(([name, webhook]) => {
      const resolved = resolveWebhook(name, webhook, secrets, report);
      return resolved === undefined ? [] : [resolved];
    }),
    ...(email !== undefined && { email }),
    templates: { ...READY_TEMPLATES, ...mapped(input.templates, resolveTemplate) },
    triggers: { ...READY_TRIGGERS, ...mapped(input.triggers, (conditions) => conditions.map(resolveCondition)) },
    subscriptions: (input.subscriptions ?? []).map(({ triggers, webhooks = [], emails = [] }) => ({
      triggers,
      recipients: [...webhooks, ...emails.map((address) => `email:${address}`)],
    })),
  };
  checkNames(input, settings, report);
  return settings;
}

function resolveWebhook(
  name: string,
  { url, urlSecret, headers, login: loginName }: NonNullable<NotificationsInput["webhooks"]>[string],
  secrets: Secrets,
  report: Report,
): WebhookService | undefined {
  const path = [...HERE, "webhooks", name];
  const address = urlSecret === undefined ? url : resolveValue(urlSecret, secrets, [...path, "urlSecret"], report);
  const login = optionalLogin(loginName, [...path, "login"], secrets, report);
  if (address === undefined) return undefined;
  return {
    name,
    url: address,
    headers: Object.entries(headers ?? {}).map(([header, value]): WebhookHeader => {
      if (typeof value === "string") return { name: header, text: value };
      const secret = resolveValue(value.secret, secrets, [...path, "headers", header, "secret"], report);
      return { name: header, text: value.prefix ?? "", ...(secret !== undefined && { secret }) };
    }),
    ...(login !== undefined && { login }),
  };
}

function resolveEmail(input: NotificationsInput["email"], secrets: Secrets, report: Report): EmailService | undefined {
  if (input === undefined) return undefined;
  const login = optionalLogin(input.login, [...HERE, "email", "login"], secrets, report);
  return { host: input.host, port: input.port ?? 587, from: input.from, ...(login !== undefined && { login }) };
}

function optionalLogin(name: string | undefined, path: Path, secrets: Secrets, report: Report): Login | undefined {
  return name === undefined ? undefined : resolveLogin(name, secrets, path, report);
}

type TemplateInput = NonNullable<NotificationsInput["templates"]>[string];

function resolveTemplate({ message, email, webhook }: TemplateInput): NotificationTemplate {
  return {
    message: message ?? email?.subject ?? "",
    ...(email && { email: { subject: email.subject, ...(email.body !== undefined && { body: email.body }) } }),
    ...(webhook && {
      webhook: {
        method: webhook.method ?? "POST",
        body: webhook.body,
        ...(webhook.path !== undefined && { path: webhook.path }),
      },
    }),
  };
}

type ConditionInput = NonNullable<NotificationsInput["triggers"]>[string][number];

function resolveCondition({ when, send, oncePer, description }: ConditionInput): TriggerCondition {
  return {
    when,
    send,
    ...(oncePer !== undefined && { oncePer }),
    ...(description !== undefined && { description }),
  };
}

/** Argo CD only logs that it does not know a name, at the moment when somebody should have been told. */
function checkNames(input: NotificationsInput, settings: NotificationSettings, report: Report): void {
  const check = (names: readonly string[], known: readonly string[], what: string, path: Path) => {
    names.forEach((name, index) => {
      if (known.includes(name)) return;
      report.error([...HERE, ...path, index], {
        message: `there is no ${what} of this name`,
        value: name,
        allowed: known.length === 0 ? `none: no ${what} is set` : known.join(", "),
        fix: suggestionOr(name, known, `name one of them, or describe the ${what}`),
      });
    });
  };
  const triggers = Object.keys(settings.triggers);
  for (const [name, conditions] of Object.entries(input.triggers ?? {})) {
    conditions.forEach(({ send }, index) => {
      check(send, Object.keys(settings.templates), "template", ["triggers", name, index, "send"]);
    });
  }
  (input.subscriptions ?? []).forEach((subscription, index) => {
    const path = ["subscriptions", index];
    check(subscription.triggers, triggers, "trigger", [...path, "triggers"]);
    check(subscription.webhooks ?? [], Object.keys(input.webhooks ?? {}), "webhook", [...path, "webhooks"]);
    if (subscription.emails !== undefined) needEmail(input, [...path, "emails"], report);
  });
  check(input.owners ?? [], triggers, "trigger", ["owners"]);
  if (input.owners !== undefined) needEmail(input, ["owners"], report);
}

function needEmail({ email }: NotificationsInput, path: Path, report: Report): void {
  if (email !== undefined) return;
  report.error([...HERE, ...path], {
    message: "no mail server is set that could send this",
    fix: "set argocd.notifications.email",
  });
}

function mapped<In, Out>(values: Readonly<Record<string, In>> = {}, change: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
