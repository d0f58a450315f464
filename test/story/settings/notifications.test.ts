import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layoutOf } from "../../../lab/layout";
import { messages } from "../../engine/support/pulumi-run";
import { isDeployed } from "../support/application";
import { applicationName, projectName, setCatalogue } from "../support/catalogue";
import { eventually } from "../support/eventually";
import { GitRepository } from "../support/git-repository";
import { pidOf } from "../support/lab-processes";
import { MailSink } from "../support/mail-sink";
import { configMap, yaml } from "../support/manifests";
import { setSecrets } from "../support/stack-secrets";
import { Story } from "../support/story";
import { WebhookSink } from "../support/webhook-sink";

const CONTROLLER = "argocd-notifications-controller";
const APPLICATION = applicationName("store", "plain");
const SECRETS = {
  token: "the token of the chat",
  channel: "9f3c-channel",
  board: "board's password",
  mail: "smtp pass",
};

/** What tells Argo CD that a ConfigMap is degraded. */
const HEALTH = `hs = {status = "Healthy"}
if obj.data ~= nil and obj.data.state == "broken" then
  hs = {status = "Degraded", message = "it says so"}
end
return hs
`;

const files = (state: string) => ({ "state.yaml": yaml(configMap("state", { state })) });

describe("Argo CD tells people what it does", { timeout: 300_000 }, () => {
  let story: Story;
  let hooks: WebhookSink;
  let mails: MailSink;
  let plain: GitRepository;

  beforeAll(async () => {
    [story, hooks, mails] = await Promise.all([
      Story.start({ parts: ["git"] }),
      WebhookSink.start("/refused"),
      MailSink.start("argocd", SECRETS.mail),
    ]);
    plain = await GitRepository.create(story, "store/plain", files("good"));
    const { program, stack } = story.factory;
    await setSecrets(stack, {
      channel: { value: `${hooks.url}/chat/${SECRETS.channel}` },
      token: { value: SECRETS.token },
      board: { username: "argocd", password: SECRETS.board },
      smtp: { username: "argocd", password: SECRETS.mail },
    });
    program.config(["argocd", "url"], "https://argocd.acme.example");
    program.config(["argocd", "settings"], { "resource.customizations.health.ConfigMap": HEALTH });
    notifications();
    setCatalogue(story, {
      name: "store",
      owners: ["team@acme.example", "The team of the store"],
      // One, for the first synchronisation: Argo CD may look at an Application before it has seen its new AppProject.
      repositories: [{ name: "plain", url: plain.url(), kind: "manifests", retryLimit: 1 }],
    });
    await story.deploy();
  }, 600_000);
  afterAll(async () => {
    await story?.dispose();
    await Promise.all([hooks?.dispose(), mails?.dispose()]);
  });

  /** Declares whom Argo CD tells what, with other keys than usual. */
  function notifications(changed: object = {}): void {
    story.factory.program.config(["argocd", "notifications"], {
      webhooks: {
        chat: { urlSecret: "channel", headers: { Authorization: { secret: "token", prefix: "Bearer " } } },
        board: { url: `${hooks.url}/board`, headers: { "X-Source": "argocd" }, login: "board" },
      },
      email: { host: "127.0.0.1", port: mails.port, from: "argocd@acme.example", login: "smtp" },
      templates: {
        "app-deployed": {
          email: { subject: "{{.app.metadata.name}} runs", body: "The commit {{.app.status.sync.revision}} runs." },
          webhook: { path: "deployed", body: '{"text": {{toJson .app.metadata.name}}}' },
        },
      },
      subscriptions: [
        { triggers: ["on-deployed"], webhooks: ["chat"], emails: ["platform@acme.example"] },
        { triggers: ["on-health-degraded"], webhooks: ["board"] },
      ],
      owners: ["on-sync-failed", "on-health-degraded"],
      ...changed,
    });
  }

  async function push(state: string): Promise<string> {
    const commit = await plain.commit(files(state));
    await story.refresh(APPLICATION);
    return commit;
  }

  const logged = (pattern: RegExp): Promise<string> =>
    eventually(
      () => Promise.resolve(pattern.exec(story.log(CONTROLLER, 1_000))?.[0]),
      () => `the controller has not logged ${String(pattern)}: ${story.log(CONTROLLER, 20)}`,
      120_000,
    );

  it("posts the declared template to the chat, with the secret header, once the Application is deployed", async () => {
    await story.untilApplication(APPLICATION, isDeployed);
    const { method, path, headers, body } = await hooks.until((received) => received.path.startsWith("/chat/"));
    expect([method, path]).toEqual(["POST", `/chat/${SECRETS.channel}/deployed`]);
    expect(headers.authorization).toBe(`Bearer ${SECRETS.token}`);
    expect(JSON.parse(body)).toEqual({ text: APPLICATION });
  });

  it("mails the declared template to the subscriber, through the login of the mail server", async () => {
    expect(await mails.until(({ to }) => to.includes("platform@acme.example"))).toEqual({
      user: "argocd",
      from: "argocd@acme.example",
      to: ["platform@acme.example"],
      subject: `${APPLICATION} runs`,
      body: expect.stringMatching(`^The commit ${await plain.head()} runs\\.`) as unknown,
    });
  });

  it("tells the board and the owners who have an address that the Application is degraded", async () => {
    const commit = await push("broken");
    const { headers, body } = await hooks.until(({ path }) => path === "/board");
    expect(headers["x-source"]).toBe("argocd");
    expect(headers.authorization).toBe(`Basic ${Buffer.from(`argocd:${SECRETS.board}`).toString("base64")}`);
    expect(JSON.parse(body)).toMatchObject({
      event: "health-degraded",
      application: APPLICATION,
      namespace: "argocd",
      project: projectName("store"),
      revision: commit,
      health: "Degraded",
      url: `https://argocd.acme.example/applications/argocd/${APPLICATION}`,
    });
    const mail = await mails.until(({ subject }) => subject === `${APPLICATION} is degraded`);
    expect(mail.to).toEqual(["team@acme.example"]);
    expect(mail.body).toContain(`Revision: ${commit}`);
  });

  it("mails a failed synchronisation to the owners, with the cluster's words, as soon as it is not tried again", async () => {
    await plain.commit({ "state.yaml": yaml({ ...configMap("state", {}), data: "not a map" }) });
    await story.refresh(APPLICATION);
    const mail = await mails.until(({ subject }) => subject === `${APPLICATION} could not be synchronised`);
    expect(mail.to).toEqual(["team@acme.example"]);
    expect(mail.body).toMatch(/one or more objects failed to apply/);
  });

  it("takes a changed template without a restart, and tells each revision once", async () => {
    const before = pidOf(story, CONTROLLER);
    notifications({ templates: { "app-deployed": { email: { subject: "{{.app.metadata.name}} runs anew" } } } });
    await story.deploy();
    await push("good again");
    const mail = await mails.until(({ subject }) => subject === `${APPLICATION} runs anew`);
    expect(mail.to).toEqual(["platform@acme.example"]);
    expect(pidOf(story, CONTROLLER)).toBe(before);
    const told = mails.received.map((received) => JSON.stringify(received));
    expect(new Set(told).size).toBe(told.length);
  });

  it("says in its log which recipient has refused", async () => {
    notifications({
      webhooks: { chat: { url: `${hooks.url}/refused` } },
      subscriptions: [{ triggers: ["on-deployed"], webhooks: ["chat"] }],
    });
    await story.deploy();
    await push("refused");
    expect(await logged(/Failed to notify recipient.*/)).toMatch(/403 : no such channel/);
  });

  it("says in its log what it does not understand, tells nobody anything as long, and goes on once it is mended", async () => {
    const triggers = { "on-odd": [{ when: "app.status.health.status = 'Odd'", send: ["app-deployed"] }] };
    notifications({ triggers });
    await story.deploy();
    expect(await logged(/error getting api from namespace.*/)).toMatch(/unexpected token Operator\(\\"=\\"\)/);
    const before = hooks.received.length;
    const commit = await push("unheard");
    await story.untilApplication(APPLICATION, (found) => isDeployed(found) && found.status?.sync?.revision === commit);
    expect(hooks.received).toHaveLength(before);
    notifications();
    await story.deploy();
    await push("heard again");
    await hooks.until((received) => hooks.received.indexOf(received) >= before);
  });

  it("has no secret in any ConfigMap, AppProject or Application, and no password in its log", async () => {
    const kinds = "configmaps,applications,appprojects";
    const objects = await story.factory.kubectl(`get ${kinds} --all-namespaces --show-managed-fields -o yaml`);
    const log = readFileSync(`${layoutOf(story.stateDir).logs}/${CONTROLLER}.log`, "utf8");
    for (const secret of Object.values(SECRETS)) {
      expect(objects.includes(secret), secret).toBe(false);
      // Argo CD logs the address of each message: a chat's secret address is known to whoever may read its log.
      expect(log.includes(secret), secret).toBe(secret === SECRETS.channel);
    }
    const { data = {} } = await story.factory.object("secret", "argocd-notifications-secret");
    const decoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, "base64").toString()]);
    expect(Object.fromEntries(decoded)).toEqual({
      "email-password": SECRETS.mail,
      "webhook-board-password": SECRETS.board,
      "webhook-chat-header-authorization": SECRETS.token,
      "webhook-chat-url": `${hooks.url}/chat/${SECRETS.channel}`,
    });
  });

  it("is refused before anything changes where it names what there is not", async () => {
    notifications({ subscriptions: [{ triggers: ["on-deploy"], webhooks: ["chat"] }] });
    const run = await story.factory.stack.up();
    expect(run.exitCode).not.toBe(0);
    expect(messages(run, "error")).toMatch(
      /notifications\.subscriptions\[0\]\.triggers\[0\]: there is no trigger of this name.*found: +on-deploy\n.*on-deployed/s,
    );
  });
});
