import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { gitFiles } from "../../lab/git/files";
import { layoutOf } from "../../lab/layout";
import { isDeployed } from "./support/application";
import { GitRepository } from "./support/git-repository";
import { configMap, yaml } from "./support/manifests";
import { Story } from "./support/story";

const saying = (text: string) => ({ "config.yaml": yaml(configMap("sample", { text })) });

describe("a webhook tells Argo CD of a push", { timeout: 600_000 }, () => {
  let story: Story;
  let told: GitRepository;
  let untold: GitRepository;
  let url: string;
  let secret: string;

  beforeAll(async () => {
    story = await Story.start({ parts: ["git"] });
    told = await GitRepository.create(story, "acme/told", saying("first"));
    untold = await GitRepository.create(story, "acme/untold", saying("first"));
    const { program, stack } = story.factory;
    program.remove("catalog");
    for (const { path } of [told, untold]) {
      const [organisation = "", name = ""] = path.split("/");
      const repository = { name: "deploy", url: `http://git.protobox/${path}.git`, kind: "manifests" };
      const text = stringify({ organisation, name, environments: ["dev"], repositories: [repository] });
      program.write(`catalog/acme/${name}.yaml`, text);
    }
    // Argo CD looks at a repository by itself once a day, so that what arrives has come by the webhook.
    program.config(["argocd", "tuning"], { controller: { reconciliation: { timeout: "24h" } } });
    await story.deploy();
    url = `https://${story.address("argocdServer")}/api/webhook`;
    const outputs = (await stack.outputs()) as { argocd: { webhookSecret: string } };
    secret = outputs.argocd.webhookSecret;
    for (const name of ["told", "untold"]) await untilQuiet(name);
  }, 600_000);

  afterAll(async () => {
    await story?.dispose();
  });

  const applicationOf = (name: string): string => `acme-${name}-dev-deploy-6293`;

  /** The webhook of a repository; Argo CD's certificate is its own, so that it is not verified. */
  const webhook = (token?: string) => ({ url, enableSslVerification: false, ...(token !== undefined && { token }) });

  /** Waits until a commit runs in the cluster. */
  async function untilSynced(name: string, commit: string): Promise<void> {
    await story.untilApplication(
      applicationOf(name),
      (found) => isDeployed(found) && found.status?.sync?.revision === commit,
    );
  }

  /** Waits until an Application is deployed and has been looked at since: Argo CD does that once after each deployment. */
  async function untilQuiet(name: string): Promise<void> {
    await story.untilApplication(applicationOf(name), isDeployed);
    await story.lookAnew(applicationOf(name));
  }

  async function revisionOf(name: string): Promise<string | undefined> {
    return (await story.application(applicationOf(name)))?.status?.sync?.revision;
  }

  /** What Argo CD answered to the last delivery, as the Git server has logged it. */
  function lastDelivery(): Record<string, unknown> {
    const lines = readFileSync(gitFiles(layoutOf(story.stateDir)).webhookLog, "utf8")
      .trimEnd()
      .split("\n");
    return JSON.parse(lines.at(-1) ?? "{}") as Record<string, unknown>;
  }

  it("which it would not have seen by itself for a day, and deploys it", async () => {
    const before = await untold.head();
    await untold.commit(saying("unnoticed"));
    told.setWebhooks(webhook(secret));
    const commit = await told.commit(saying("second"));
    expect(lastDelivery()).toMatchObject({ repository: "acme/told", event: "Push Hook", status: 200 });
    await untilSynced("told", commit);
    const path = "/api/v1/namespaces/acme-told-dev-6293/configmaps/sample";
    expect(await story.get(path)).toMatchObject({ data: { text: "second" } });
    expect(await revisionOf("untold")).toBe(before);
  });

  it("whose secret is wrong or missing is refused, and nothing is deployed", async () => {
    // What Argo CD still does after the last synchronisation would find the refused commits by itself.
    await untilQuiet("told");
    const before = await told.head();
    const refusal = { status: 400, answer: "Webhook processing failed: X-Gitlab-Token validation failed" };
    for (const token of ["not the secret", undefined]) {
      told.setWebhooks(webhook(token));
      await told.commit(saying("refused"));
      expect(lastDelivery()).toMatchObject({ repository: "acme/told", ...refusal });
    }
    expect(story.log("argocd-server")).toContain("GitLab webhook token verification failed");
    // Another push, which is heard, has come all the way: the refused ones would have, too.
    untold.setWebhooks(webhook(secret));
    await untilSynced("untold", await untold.commit(saying("heard")));
    expect(await revisionOf("told")).toBe(before);
  });

  it("to a branch that no Application follows has nobody look anew", async () => {
    told.setWebhooks(webhook(secret));
    const looked = (await story.application(applicationOf("told")))?.status?.reconciledAt;
    await told.branch("elsewhere");
    expect(lastDelivery()).toMatchObject({ ref: "refs/heads/elsewhere", status: 200 });
    await untilSynced("untold", await untold.commit(saying("heard again")));
    expect((await story.application(applicationOf("told")))?.status?.reconciledAt).toBe(looked);
    await told.branch("main");
    await untilSynced("told", await told.commit(saying("third")));
  });

  it("leaves its secret in no log", () => {
    for (const name of ["argocd-server", "git-http", "git-webhooks"]) {
      expect(readFileSync(`${layoutOf(story.stateDir).logs}/${name}.log`, "utf8"), name).not.toContain(secret);
    }
  });
});
