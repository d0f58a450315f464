import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ArgoCd } from "../../../../components/argocd/argo-cd";
import { patchManifests } from "../../../../components/argocd/patch-manifests";
import { subscriptionAnnotations } from "../../../../components/project/app-project";
import type { NotificationSettings } from "../../../../model/notification-settings";
import { SecretText } from "../../../../model/secret";
import { declared, named } from "../declared";
import type { Declared } from "../declared";
import { project } from "../project/projects";
import { FURTHER_MANIFESTS, MANIFESTS, objectNamed } from "./manifests";
import { argocdSettings } from "./settings";

const OBJECTS = [...MANIFESTS, ...FURTHER_MANIFESTS];

const SETTINGS: NotificationSettings = {
  webhooks: [
    { name: "chat", url: SecretText.known("https://chat/hunter2"), headers: [] },
    {
      name: "board",
      url: "https://board",
      headers: [
        { name: "X-Team", text: "shop" },
        { name: "Authorization", text: "Bearer ", secret: SecretText.known("token") },
      ],
      login: { username: "bot", password: SecretText.known("swordfish") },
    },
  ],
  email: {
    host: "smtp.example",
    port: 587,
    from: "argocd@example.org",
    login: { username: "argocd", password: SecretText.known("mail") },
  },
  templates: {
    failed: {
      message: "{{.app.metadata.name}} failed",
      email: { subject: "Failed" },
      webhook: { method: "PUT", path: "/x", body: "{}" },
    },
    short: { message: "{{.app.metadata.name}}" },
  },
  triggers: { "on-failed": [{ when: "true", send: ["failed"] }] },
  subscriptions: [{ triggers: ["on-failed"], recipients: ["chat", "email:a@example.org"] }],
};

function data(notifications?: NotificationSettings, url?: string): Record<string, string> | undefined {
  const settings = argocdSettings({ ...(notifications && { notifications }), ...(url !== undefined && { url }) });
  const object = objectNamed(patchManifests(OBJECTS, settings), "ConfigMap", "argocd-notifications-cm");
  return object["data"] as Record<string, string> | undefined;
}

function yaml(key: string, notifications = SETTINGS): unknown {
  return parse(data(notifications)?.[key] ?? "");
}

function install(notifications?: NotificationSettings): Promise<Declared[]> {
  const settings = argocdSettings(notifications ? { notifications } : {});
  return declared(() => new ArgoCd("argocd", { settings, manifests: OBJECTS }));
}

describe("the notifications controller", () => {
  it("is told services by references to secrets, never by their texts", () => {
    expect(yaml("service.webhook.chat")).toEqual({ url: "$webhook-chat-url" });
    expect(yaml("service.webhook.board")).toEqual({
      url: "https://board",
      headers: [
        { name: "X-Team", value: "shop" },
        { name: "Authorization", value: "Bearer $webhook-board-header-authorization" },
      ],
      basicAuth: { username: "bot", password: "$webhook-board-password" },
    });
    expect(yaml("service.email")).toEqual({
      host: "smtp.example",
      port: 587,
      from: "argocd@example.org",
      username: "argocd",
      password: "$email-password",
    });
  });

  it("has a text for each webhook, as it would send a GET without one", () => {
    const posted = { method: "PUT", path: "/x", body: "{}" };
    expect(yaml("template.failed")).toEqual({
      message: "{{.app.metadata.name}} failed",
      email: { subject: "Failed" },
      webhook: { chat: posted, board: posted },
    });
    const short = { method: "POST", body: "{{.app.metadata.name}}" };
    expect(yaml("template.short")).toMatchObject({ webhook: { chat: short, board: short } });
  });

  it("has triggers, subscriptions and the address of Argo CD", () => {
    expect(yaml("trigger.on-failed")).toEqual([{ when: "true", send: ["failed"] }]);
    expect(yaml("subscriptions")).toEqual([{ recipients: ["chat", "email:a@example.org"], triggers: ["on-failed"] }]);
    expect(data(SETTINGS, "https://argocd.example")?.["context"]).toBe("argocdUrl: https://argocd.example\n");
  });

  it("is left alone unless there is something to tell", async () => {
    expect(data()).toBeUndefined();
    expect((await install()).map(({ name }) => name)).not.toContain("argocd-notifications-secret-keys");
  });

  it("gets its keys beside whatever else its Secret holds", async () => {
    const resources = await install(SETTINGS);
    const { type, inputs, revealed } = named(resources, "argocd-notifications-secret-keys");
    expect(type).toBe("kubernetes:core/v1:SecretPatch");
    expect(inputs).toMatchObject({ metadata: { name: "argocd-notifications-secret" }, data: "[secret]" });
    const texts = Object.entries(revealed["data"] as Record<string, string>).map(([key, value]) => [
      key,
      Buffer.from(value, "base64").toString("utf8"),
    ]);
    expect(Object.fromEntries(texts)).toEqual({
      "webhook-chat-url": "https://chat/hunter2",
      "webhook-board-header-authorization": "token",
      "webhook-board-password": "swordfish",
      "email-password": "mail",
    });
    const secret = named(resources, "argocd-secret-argocd-notifications-secret").inputs;
    expect(secret).not.toHaveProperty("data");
    expect(secret).toMatchObject({ metadata: { annotations: { "pulumi.com/patchForce": "true" } } });
  });

  it("has no patch of a Secret without any secret", async () => {
    const { templates, triggers, subscriptions } = SETTINGS;
    const resources = await install({ webhooks: [], templates, triggers, subscriptions });
    expect(resources.map(({ name }) => name)).not.toContain("argocd-notifications-secret-keys");
  });

  it("is missed in manifests without it, where there is something to tell", async () => {
    const settings = argocdSettings({ notifications: SETTINGS });
    await expect(declared(() => new ArgoCd("argocd", { settings, manifests: MANIFESTS }))).rejects.toThrow(
      "it lacks ConfigMap argocd-notifications-cm, Secret argocd-notifications-secret",
    );
  });
});

describe("an AppProject", () => {
  it("has its owners get mails", () => {
    const ownerMail = { triggers: ["on-deployed", "on-failed"], addresses: ["a@example.org", "b@example.org"] };
    expect(subscriptionAnnotations(project({ ownerMail }))).toEqual({
      annotations: {
        "notifications.argoproj.io/subscribe.on-deployed.email": "a@example.org;b@example.org",
        "notifications.argoproj.io/subscribe.on-failed.email": "a@example.org;b@example.org",
      },
    });
    expect(subscriptionAnnotations(project())).toEqual({});
  });
});
