import { stringify } from "yaml";
import type { KubernetesObject } from "../../manifests/kubernetes-object";
import type { ArgoCdSettings } from "../../model/argocd-settings";
import type { NotificationSettings, NotificationTemplate, WebhookService } from "../../model/notification-settings";
import { SecretText } from "../../model/secret";

export const NOTIFICATIONS_CONFIG = "argocd-notifications-cm";
export const NOTIFICATIONS_SECRET = "argocd-notifications-secret";

/** The keys of `argocd-notifications-secret`; the ConfigMap refers to each as `$key`, for which a dot cannot be in it. */
export function notificationSecrets({ webhooks, email }: NotificationSettings): Record<string, SecretText> {
  const entries = webhooks.flatMap(({ name, url, headers, login }): [string, SecretText | undefined][] => [
    [urlKey(name), url instanceof SecretText ? url : undefined],
    ...headers.map((header): [string, SecretText | undefined] => [headerKey(name, header.name), header.secret]),
    [passwordKey(`webhook-${name}`), login?.password],
  ]);
  entries.push([passwordKey("email"), email?.login?.password]);
  return Object.fromEntries(entries.flatMap(([key, secret]) => (secret === undefined ? [] : [[key, secret]])));
}

/** Writes the settings into the ConfigMap of the notifications controller, which reads it anew on each change. */
export function patchNotifications(object: KubernetesObject, settings: ArgoCdSettings): KubernetesObject {
  const { notifications, url } = settings;
  if (notifications === undefined || object.kind !== "ConfigMap" || object.metadata.name !== NOTIFICATIONS_CONFIG) {
    return object;
  }
  const official = (object["data"] as Record<string, string> | undefined) ?? {};
  return { ...object, data: { ...official, ...notificationData(notifications, url) } };
}

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/notifications/ */
function notificationData(settings: NotificationSettings, url: string | undefined): Record<string, string> {
  const { webhooks, email, templates, triggers, subscriptions } = settings;
  return {
    ...(url !== undefined && { context: stringify({ argocdUrl: url }) }),
    ...Object.fromEntries(webhooks.map((webhook) => [`service.webhook.${webhook.name}`, stringify(service(webhook))])),
    ...(email && {
      "service.email": stringify({
        host: email.host,
        port: email.port,
        from: email.from,
        ...(email.login && { username: email.login.username, password: `$${passwordKey("email")}` }),
      }),
    }),
    ...Object.fromEntries(
      Object.entries(templates).map(([name, template]) => [
        `template.${name}`,
        stringify(templateFor(template, webhooks), { lineWidth: 0 }),
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(triggers).map(([name, trigger]) => [`trigger.${name}`, stringify(trigger, { lineWidth: 0 })]),
    ),
    ...(subscriptions.length > 0 && {
      subscriptions: stringify(subscriptions.map(({ recipients, triggers: on }) => ({ recipients, triggers: on }))),
    }),
  };
}

function service({ name, url, headers, login }: WebhookService) {
  return {
    url: url instanceof SecretText ? `$${urlKey(name)}` : url,
    ...(headers.length > 0 && {
      headers: headers.map((header) => ({
        name: header.name,
        value: `${header.text}${header.secret === undefined ? "" : `$${headerKey(name, header.name)}`}`,
      })),
    }),
    ...(login && { basicAuth: { username: login.username, password: `$${passwordKey(`webhook-${name}`)}` } }),
  };
}

/** A template names each webhook that it has a body for; to one that it does not name, Argo CD would send a GET. */
function templateFor({ message, email, webhook }: NotificationTemplate, webhooks: readonly WebhookService[]) {
  const posted = webhook ?? { method: "POST", body: message };
  return {
    message,
    ...(email && { email }),
    ...(webhooks.length > 0 && { webhook: Object.fromEntries(webhooks.map(({ name }) => [name, posted])) }),
  };
}

function urlKey(webhook: string): string {
  return `webhook-${webhook}-url`;
}

function headerKey(webhook: string, header: string): string {
  return `webhook-${webhook}-header-${header.toLowerCase()}`;
}

function passwordKey(service: string): string {
  return `${service}-password`;
}
