import { describe, expect, it } from "vitest";
import { READY_TEMPLATES, READY_TRIGGERS } from "../../../model/notification-defaults";
import { load, problemOf, shop, stack } from "./workspace";
import type { Files } from "./workspace";

const SECRETS = `secrets:
  hook: { value: { secure: x } }
  smtp: { username: argocd, password: { secure: x } }`;

const EMAIL = "email: { host: smtp.example, from: argocd@example.org }";

function config(...lines: readonly string[]): Files {
  return stack(`argocd:\n  notifications:\n${lines.map((line) => `    ${line}\n`).join("")}${SECRETS}`);
}

function notifications(...lines: readonly string[]) {
  const found = load(config(...lines)).platform.argocd.notifications;
  if (found === undefined) throw new Error("notifications are expected");
  return found;
}

describe("notifications", () => {
  it("have ready-made templates and triggers, each of which sends one that there is", () => {
    const { templates, triggers } = notifications("webhooks: {}");
    expect(templates).toEqual(READY_TEMPLATES);
    expect(Object.keys(triggers)).toEqual(["on-deployed", "on-sync-failed", "on-health-degraded"]);
    for (const { send } of Object.values(READY_TRIGGERS).flat()) {
      for (const name of send) expect(Object.keys(READY_TEMPLATES)).toContain(name);
    }
  });

  it("may replace a ready-made template and add triggers", () => {
    const { templates, triggers } = notifications(
      "templates: { app-deployed: { email: { subject: Done } } }",
      "triggers: { on-odd: [{ when: 'true', send: [app-deployed] }] }",
    );
    expect(templates["app-deployed"]).toEqual({ message: "Done", email: { subject: "Done" } });
    expect(templates["app-sync-failed"]).toEqual(READY_TEMPLATES["app-sync-failed"]);
    expect(triggers["on-odd"]).toEqual([{ when: "true", send: ["app-deployed"] }]);
  });

  it("go to webhooks and to mail addresses", () => {
    const { webhooks, email, subscriptions } = notifications(
      "webhooks: { chat: { urlSecret: hook, headers: { A: b, C: { secret: hook } } }, board: { url: https://b, login: smtp } }",
      "email: { host: smtp.example, port: 25, from: argocd@example.org, login: smtp }",
      "subscriptions: [{ triggers: [on-deployed], webhooks: [chat], emails: [a@example.org] }]",
    );
    expect(webhooks).toMatchObject([
      {
        name: "chat",
        headers: [
          { name: "A", text: "b" },
          { name: "C", text: "" },
        ],
      },
      { name: "board", url: "https://b", headers: [], login: { username: "argocd" } },
    ]);
    expect(email).toMatchObject({ host: "smtp.example", port: 25, login: { username: "argocd" } });
    expect(subscriptions).toEqual([{ triggers: ["on-deployed"], recipients: ["chat", "email:a@example.org"] }]);
  });

  it("reach the owners that are mail addresses", () => {
    const files = { ...config(EMAIL, "owners: [on-sync-failed]"), ...shop("owners: [a@example.org, Team Shop]") };
    expect(load(files).platform.projects[0]?.ownerMail).toEqual({
      triggers: ["on-sync-failed"],
      addresses: ["a@example.org"],
    });
    expect(load({ ...config(EMAIL), ...shop("owners: [a@example.org]") }).platform.projects[0]).not.toHaveProperty(
      "ownerMail",
    );
  });

  it.each([
    ["webhooks: { chat: {} }", "webhooks.chat", "set one of the two"],
    ["webhooks: { chat: { url: https://c, urlSecret: hook } }", "webhooks.chat", "set one of the two"],
    ["webhooks: { chat: { urlSecret: smtp } }", "webhooks.chat.urlSecret", "name a secret of that form"],
    ["webhooks: { chat: { url: https://c, login: hook } }", "webhooks.chat.login", "name a secret of that form"],
    [
      "triggers: { on-odd: [{ when: 'true', send: [app-deploy] }] }",
      "triggers.on-odd[0].send[0]",
      'did you mean "app-deployed"?',
    ],
    ["owners: [on-sync-failed]", "owners", "set argocd.notifications.email"],
    [
      "subscriptions: [{ triggers: [on-deployed], emails: [a@b] }]",
      "subscriptions[0].emails",
      "set argocd.notifications.email",
    ],
    ["subscriptions: [{ triggers: [on-deployed] }]", "subscriptions[0]", "name webhooks or emails"],
    [
      "subscriptions: [{ triggers: [on-deployed], webhooks: [chat] }]",
      "subscriptions[0].webhooks[0]",
      "name one of them, or describe the webhook",
    ],
    ["templates: { odd: { message: '{{.app' } }", "templates.odd.message", "close each {{ with }}"],
  ])("are refused: %s", (line, path, fix) => {
    expect(problemOf(config(line))).toMatchObject({ path: `argocd.notifications.${path}`, fix });
  });
});
