import { z } from "zod";
import type { Finding } from "../report";
import { objectName, secretName } from "./names";
import { hostName, ipAddress, webUrl } from "./network";
import { count, distinct, judge, strict, text } from "./strict";

/** Go's text/template, as far as a slip of the pen shows: the API server takes any text, and the controller stops. */
const goTemplate = text((value) => {
  const opened = value.split("{{").length;
  if (opened === value.split("}}").length) return undefined;
  return {
    message: "the template opens and closes a different number of expressions",
    value: "(a text)",
    allowed: "text with expressions such as {{.app.metadata.name}}",
    fix: "close each {{ with }}",
  };
});

/** A mail's address; `;` and `:` would part it in a subscription. */
const mailAddress = text((value) =>
  isMailAddress(value)
    ? undefined
    : { message: "the value is not a mail address", allowed: "such as team@acme.example", fix: "write name@host" },
);

export function isMailAddress(value: string): boolean {
  return /^[^\s@;:,<>]+@[^\s@;:,<>]+$/.test(value);
}

const header = z.union([
  z.string(),
  strict({
    secret: secretName.describe("The name of a secret in gitops-factory:secrets with the form {value}."),
    prefix: z.string().optional().describe('What stands before the secret: "Bearer ". Default: nothing.'),
  }),
]);

function oneUrl({ url, urlSecret }: { url?: string | undefined; urlSecret?: string | undefined }): Finding | undefined {
  if ((url === undefined) !== (urlSecret === undefined)) return undefined;
  return {
    message: url === undefined ? "the webhook has no URL" : "the webhook has two URLs",
    allowed: "url, or urlSecret where whoever knows the URL may post to it",
    fix: "set one of the two",
  };
}

const webhook = strict({
  url: webUrl(["https", "http"]).optional().describe("Where to post."),
  urlSecret: secretName
    .optional()
    .describe("The name of a secret of the form {value} that is the URL. Argo CD logs it with each message."),
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9-]+$/), header)
    .optional()
    .describe("HTTP headers: text, or a secret."),
  login: secretName
    .optional()
    .describe("The name of a secret of the form {username, password}, for HTTP basic authentication."),
}).check(judge(oneUrl));

const email = strict({
  host: z.union([hostName, ipAddress]).describe("The mail server."),
  port: count(1, 65535).optional().describe("Default: 587."),
  from: mailAddress.describe("The sender."),
  login: secretName.optional().describe("The name of a secret of the form {username, password}. Default: none."),
});

const template = strict({
  message: goTemplate.optional().describe("A short text, for whatever has none of its own."),
  email: strict({ subject: goTemplate, body: goTemplate.optional() }).optional(),
  webhook: strict({
    method: z.enum(["POST", "PUT", "PATCH", "GET"]).optional().describe("Default: POST."),
    path: goTemplate.optional().describe("Added to the webhook's URL."),
    body: goTemplate,
  })
    .optional()
    .describe("What is sent to webhooks."),
});

const condition = strict({
  when: z.string().min(1).describe("An expression over app: app.status.health.status == 'Degraded'."),
  send: distinct(objectName).min(1).describe("Names of templates."),
  oncePer: z
    .string()
    .min(1)
    .optional()
    .describe("Sent once for each value of this expression. Default: on each change."),
  description: z.string().optional(),
});

const subscription = strict({
  triggers: distinct(objectName).min(1).describe("Names of triggers."),
  webhooks: distinct(objectName).optional().describe("Names of webhooks."),
  emails: distinct(mailAddress).optional().describe("Mail addresses."),
}).check(
  judge(({ webhooks = [], emails = [] }): Finding | undefined =>
    webhooks.length + emails.length > 0
      ? undefined
      : { message: "the subscription reaches nobody", fix: "name webhooks or emails" },
  ),
);

/** Whom Argo CD tells what. */
export const notifications = strict({
  webhooks: z.record(objectName, webhook).optional().describe("Webhooks by name."),
  email: email.optional().describe("The server that sends mails."),
  templates: z
    .record(objectName, template)
    .optional()
    .describe("Texts by name, beside app-deployed, app-sync-failed and app-health-degraded; these may be replaced."),
  triggers: z
    .record(objectName, z.array(condition).min(1))
    .optional()
    .describe("Occasions by name, beside on-deployed, on-sync-failed and on-health-degraded; these may be replaced."),
  subscriptions: z.array(subscription).optional().describe("Whom the triggers of all Applications reach."),
  owners: distinct(objectName)
    .optional()
    .describe(
      "Triggers on which the owners of a project get a mail, as far as they are mail addresses. Default: none.",
    ),
});
export type NotificationsInput = z.output<typeof notifications>;
