import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GitRepository } from "./support/git-repository";
import { deployment, yaml } from "./support/manifests";
import { PromotionPlatform } from "./support/promotion-platform";

const image = (tag: string): string => `registry.acme.example/shop:${tag}`;

/** Until somebody gives it an address, Argo CD waits for it. */
const waiting = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "cart" },
  spec: { type: "LoadBalancer", selector: { app: "cart" }, ports: [{ port: 80 }] },
};

describe("A change goes through three environments", { timeout: 600_000 }, () => {
  let platform: PromotionPlatform;
  const commits: Record<string, string> = {};

  beforeAll(async () => {
    platform = await PromotionPlatform.start();
    const { story } = platform;
    const shop = await GitRepository.create(story, "acme/shop", {
      "shop.yaml": yaml(deployment("shop", image("1.0.0"))),
    });
    commits["v1.0.0"] = await shop.head();
    await shop.tag("v1.0.0");
    commits["v1.1.0"] = await shop.commit({ "shop.yaml": yaml(deployment("shop", image("1.1.0"))) });
    await shop.tag("v1.1.0");
    const cart = await GitRepository.create(story, "acme/cart", { "cart.yaml": yaml(waiting) });
    const project = (name: string, repository: GitRepository, revisions: Readonly<Record<string, string>>) => ({
      name,
      environments: Object.fromEntries(Object.entries(revisions).map(([key, revision]) => [key, { revision }])),
      repositories: [{ name: "deploy", url: repository.url(), kind: "manifests" }],
    });
    await platform.declare(
      project("shop", shop, { dev: "v1.1.0", staging: "v1.0.0", prod: "v1.0.0" }),
      project("cart", cart, { dev: "main", staging: "v1.0.0" }),
    );
    await platform.up("prod");
    await story.deploy();
    await platform.untilDeployed("shop", "prod", commits["v1.0.0"]);
  });
  afterAll(() => platform?.dispose());

  it("staging cannot be left out", async () => {
    const { code, stdout, stderr } = await platform.promote("--from", "dev", "--to", "prod", "shop");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("acme/shop: this leaves out staging, which comes before prod");
  });

  it("what Argo CD still waits for stays where it is", async () => {
    await platform.story.untilApplication(
      "acme-cart-dev-deploy-6293",
      ({ status }) => status?.sync?.status === "Synced",
    );
    const { code, stderr } = await platform.promote("--from", "dev", "--to", "staging", "cart", "--pin");
    expect(code).toBe(1);
    expect(stderr).toMatch(/acme-cart-dev-deploy-6293: it does not run well.*\n {2}found: {3}Progressing/);
  });

  it("what runs well in dev is promoted to staging, with one line of the catalogue", async () => {
    await platform.untilDeployed("shop", "dev", commits["v1.1.0"] ?? "");
    const before = platform.catalogueText("shop");
    const { code, stdout, stderr } = await platform.promote("--from", "dev", "--to", "staging", "shop", "--write");
    expect([code, stdout, stderr]).toEqual([
      0,
      "catalog/acme/shop.yaml: deploy in staging: revision v1.0.0 → v1.1.0\n",
      expect.stringContaining("dev runs this, Synced and Healthy: 1 Application"),
    ]);
    expect(platform.catalogueText("shop")).toBe(
      before.replace("staging:\n    revision: v1.0.0", "staging:\n    revision: v1.1.0"),
    );
    await platform.commit("promote the shop to staging");
    expect((await platform.promote("--from", "dev", "--to", "staging", "shop")).code).toBe(3);
  });

  it("what is written for prod by hand has to have been in staging", async () => {
    const text = platform.catalogueText("shop");
    const byHand = async (revision: string) => {
      const written = text.replace("prod:\n    revision: v1.0.0", `prod:\n    revision: ${revision}`);
      platform.story.factory.program.write("catalog/acme/shop.yaml", written);
      return platform.promote("--check", "--base", "main");
    };
    expect(await byHand("v1.1.0")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/v1\.0\.0 → v1\.1\.0: staging has had it, .*: promote the shop to staging\n$/),
    });
    const { code, stdout, stderr } = await byHand("v2.0.0");
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(/without having been in staging\n {2}found: {3}v2\.0\.0\n {2}allowed: v1\.1\.0, v1\.0\.0\n/);
    expect((await byHand("v1.0.0")).stdout).toMatch(/^no pin of prod has changed since [0-9a-f]{10}\n$/);
  });

  it("prod does not get what staging has not run", async () => {
    const { code, stderr } = await platform.promote("--from", "staging", "--to", "prod", "shop");
    expect(code).toBe(1);
    expect(stderr).toMatch(/there is no such Application|says something else than what was declared/);
  });

  it("and then by a merge request, which a second run finds again", async () => {
    await platform.up("staging");
    await platform.untilDeployed("shop", "staging", commits["v1.1.0"] ?? "");
    const args = ["--from", "staging", "--to", "prod", "shop", "--merge-request"];
    const first = await platform.promote(...args);
    expect(first).toMatchObject({ code: 0 });
    const [request, ...others] = await platform.mergeRequests();
    expect([request?.title, others]).toEqual(["Promote staging to prod: acme/shop", []]);
    expect(request?.description).toContain("| `acme/shop` | `deploy` | `revision` | `v1.0.0` | `v1.1.0` |");
    expect(first.stdout).toBe(`${request?.web_url ?? ""}\n`);
    const second = await platform.promote(...args);
    expect([second.code, await platform.mergeRequests()]).toEqual([0, [request]]);
    expect(platform.catalogueText("shop")).toContain("prod:\n    revision: v1.0.0");
  });

  it("unless GitLab does not take the token, which is told and not shown", async () => {
    const args = ["--from", "staging", "--to", "prod", "shop", "--merge-request"];
    const { code, stderr } = await platform.promoteAs("glpat-not-a-token-of-this", ...args);
    expect([code, stderr]).toEqual([1, expect.stringContaining("GitLab does not take the token")]);
    expect(stderr).not.toContain("glpat-");
  });

  it("a catalogue that others have changed meanwhile is built upon, also in the moment of the push", async () => {
    const text = platform.catalogueText("shop");
    platform.story.factory.program.write("catalog/acme/shop.yaml", `${text}description: The shop\n`);
    await platform.commit("describe the shop");
    await platform.raceNextPush("catalog/acme/shop.yaml", (found) => `# Ours\n${found}`);
    const { code, stderr } = await platform.promote("--from", "staging", "--to", "prod", "shop", "--merge-request");
    expect([code, stderr]).toEqual([0, expect.stringContaining("it is made anew")]);
    const [request, ...others] = await platform.mergeRequests();
    expect([request?.title, others]).toEqual(["Promote staging to prod: acme/shop", []]);
    if (request !== undefined) await platform.merge(request);
    await platform.pull();
    expect(platform.catalogueText("shop")).toContain("prod:\n    revision: v1.1.0");
    expect(platform.catalogueText("shop")).toMatch(/^# Ours\n[\s\S]*description: The shop/);
  });

  it("and back again, to what Argo CD has run there before", async () => {
    await platform.up("prod");
    await platform.untilDeployed("shop", "prod", commits["v1.1.0"] ?? "");
    const { code, stdout, stderr } = await platform.promote("--to", "prod", "--to-previous", "shop");
    expect(code).toBe(0);
    expect(stdout).toMatch(/- {4}revision: v1.1.0\n\+ {4}revision: v1.0.0\n/);
    expect(stderr).toMatch(
      /warning: .*takes back what acme\/shop got in prod[\s\S]*Merge branch .factory\/promote-staging-to-prod-shop./,
    );
    expect(stderr).toContain("prod ran this before, by Argo CD's history");
    const args = ["--to", "prod", "--to-previous", "shop", "--merge-request"];
    expect((await platform.promote(...args)).code).toBe(0);
    await platform.commitTo("factory/roll-back-prod-shop", "NOTES.md", "why\n");
    platform.story.factory.program.write("catalog/acme/shop.yaml", `# The shop\n${platform.catalogueText("shop")}`);
    await platform.commit("say whose it is");
    const again = await platform.promote(...args);
    expect([again.code, again.stderr]).toEqual([
      1,
      expect.stringContaining("has commits of others, which would be lost"),
    ]);
    const none = await platform.promote("--to", "dev", "--to-previous", "shop");
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining("there is no previous")]);
  });
});
