import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitLab, startGitLab } from "../../lab/gitlab/gitlab";
import { Factory } from "./support/factory";
import { objectChanges, succeeded } from "./support/pulumi-run";
import { smallInstall } from "./support/small-install";

const SHOP = "acme-shop-dev-6293";

describe("The whole program with its GitLab side", { timeout: 900_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "gitops-factory-whole-gitlab-"));
  let gitlab: GitLab;
  let factory: Factory;

  beforeAll(async () => {
    gitlab = await startGitLab({ folder });
    factory = await Factory.start();
    const { program, stack } = factory;
    smallInstall(program);
    program.remove("catalog");
    program.write(
      "catalog/acme/shop.yaml",
      "organisation: acme\nname: shop\nenvironments: [dev]\nrepositories:\n  - name: deploy\n    kind: kustomize\n",
    );
    await stack.must("config", "set", "--path", "--secret", "gitops-factory:secrets.api.value", gitlab.rootToken);
    program.config(["argocd", "url"], "https://argocd.acme.example");
    program.config(["gitlab"], { url: gitlab.url, token: "api", owner: true });
    await succeeded(stack.up());
  }, 1_800_000);

  afterAll(async () => {
    await factory?.dispose();
    await gitlab.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("has Argo CD's credential open the repository on GitLab, and say until when", async () => {
    const [secret] = await factory.list("secrets", "-n", "argocd", "-l", "argocd.argoproj.io/secret-type=repository");
    const text = (key: string): string => Buffer.from(secret?.data?.[key] ?? "", "base64").toString("utf8");
    expect(text("url")).toBe(`${gitlab.url}/acme/shop/deploy.git`);
    expect(text("project")).toBe(SHOP);
    const login = Buffer.from(`${text("username")}:${text("password")}`).toString("base64");
    const refs = (authorization: string): Promise<Response> =>
      fetch(`${text("url")}/info/refs?service=git-upload-pack`, { headers: { authorization } });
    expect((await refs(`Basic ${login}`)).status).toBe(200);
    expect((await refs("Basic bm9ib2R5OmF0LWFsbA==")).status).toBe(401);
    expect(secret?.metadata.annotations?.["gitops-factory/credentials-expire-at"]).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it("has the project's AppProject and Application name that repository", async () => {
    const application = (await factory.object("application", "acme-shop-dev-deploy-6293")) as unknown as {
      readonly spec: { readonly source: { readonly repoURL: string } };
    };
    expect(application.spec.source.repoURL).toBe(`${gitlab.url}/acme/shop/deploy.git`);
  });

  it("changes nothing when it runs again, and keeps the token out of its state", async () => {
    expect(objectChanges(await succeeded(factory.stack.up()))).toEqual([]);
    expect(factory.stack.stateFile()).not.toContain(gitlab.rootToken);
  });
});
