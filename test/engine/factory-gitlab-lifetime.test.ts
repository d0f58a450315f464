import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GitLabFactory, id, TODAY } from "./support/gitlab-factory";
import { objectChanges, succeeded } from "./support/pulumi-run";

let factory: GitLabFactory;

beforeEach(async () => {
  factory = await GitLabFactory.start();
});

afterEach(async () => {
  await factory.dispose();
});

async function deployTokens(): Promise<{ id: number; expires_at: string; revoked: boolean }[]> {
  return factory.api(`groups/${id("acme/shop")}/deploy_tokens?active=true`);
}

describe("the GitLab side in the course of time", () => {
  it("makes Argo CD's next token when its day has come, and only then takes the former away", async () => {
    await succeeded(factory.stack.up());
    const [before] = await deployTokens();
    const moved = (day: string): void => {
      factory.program.write(
        "index.ts",
        factory.program.read("index.ts").replace(/new Date\("[^"]+"\)/, `new Date("${day}")`),
      );
    };
    moved("2027-10-13");
    expect(objectChanges(await succeeded(factory.stack.up()))).toEqual([]);
    moved("2027-10-14");
    const { run, requests } = await factory.writes(() => succeeded(factory.stack.up()));
    expect(objectChanges(run).sort()).toEqual([
      "create-replacement gitlab-acme/shop-argocd",
      "delete-replaced gitlab-acme/shop-argocd",
      "replace gitlab-acme/shop-argocd",
    ]);
    expect(requests.map((request) => request.split(" ")[0])).toEqual(["POST", "DELETE"]);
    const after = await deployTokens();
    expect(after.map(({ expires_at }) => expires_at.slice(0, 10))).toEqual(["2028-10-13"]);
    expect(after[0]?.id).not.toBe(before?.id);
    moved(TODAY);
  });

  it("has the mirror write by a new token when the former comes to its end", async () => {
    factory.program.config(["gitlab", "tokens"], { validDays: 30, rotateBeforeDays: 10 });
    await succeeded(factory.stack.up());
    const outputOf = async (): Promise<unknown> =>
      (await factory.api(`projects/${id("acme/shop/mirror")}/variables/GIT_OUTPUT_PASSWORD`))["value"];
    const before = await outputOf();
    // So that the token that there is has come near its end.
    factory.program.config(["gitlab", "tokens"], { validDays: 365, rotateBeforeDays: 60 });
    const run = await succeeded(factory.stack.up());
    expect(objectChanges(run)).toContain("update gitlab-acme/shop/mirror-token");
    expect(objectChanges(run)).toContain("update gitlab-acme/shop/mirror-variable-GIT_OUTPUT_PASSWORD");
    expect(await outputOf()).not.toBe(before);
  });

  it("survives GitLab's delayed deletion: what goes for good comes again under the same path", async () => {
    factory.program.config(["gitlab", "permanently"], true);
    await succeeded(factory.stack.up());
    factory.program.replace("catalog/acme/shop.yaml", "  - name: api\n", "  - name: api-two\n");
    await succeeded(factory.stack.up());
    expect((await factory.ask(`projects/${id("acme/shop/api")}`)).status).toBe(404);
    factory.program.replace("catalog/acme/shop.yaml", "  - name: api-two\n", "  - name: api\n");
    await succeeded(factory.stack.up());
    expect((await factory.ask(`projects/${id("acme/shop/api")}`)).status).toBe(200);
  });

  it("has another environment's stack add its own token and hooks, and nothing else", async () => {
    const { program, stack } = factory;
    await succeeded(stack.up());
    program.write("Pulumi.staging.yaml", program.read("Pulumi.dev.yaml").replace("owner: true", "owner: false"));
    program.replace("catalog/acme/shop.yaml", "environments: [dev]", "environments: [dev, staging]");
    await stack.must("stack", "init", "staging");
    await stack.must(
      "config",
      "set",
      "--stack",
      "staging",
      "--path",
      "--secret",
      "gitops-factory:secrets.api.value",
      factory.gitlab.rootToken,
    );
    const run = await succeeded(stack.up("--stack", "staging"));
    expect(objectChanges(run).sort()).toEqual([
      "create argocd-webhook-secret",
      "create gitlab-acme/shop-argocd",
      "create gitlab-hooks-acme/shop/deploy",
      "create gitlab-hooks-acme/shop/pages",
    ]);
    await succeeded(stack.destroy("--stack", "staging"));
    expect((await factory.ask("groups/acme")).status).toBe(200);
    expect(await deployTokens()).toHaveLength(1);
  });

  it("takes everything away with the stack, which may come again", async () => {
    await succeeded(factory.stack.up());
    await succeeded(factory.stack.destroy());
    const left = await factory.api<{ full_path: string; marked_for_deletion_on?: string | null }[]>("groups");
    expect(left.filter((group) => (group.marked_for_deletion_on ?? null) === null)).toEqual([]);
    expect(await factory.stack.resources()).toEqual([]);
    // GitLab keeps it for some days, out of the way.
    await succeeded(factory.stack.up());
    expect(await factory.api(`projects/${id("acme/shop/deploy")}`)).toMatchObject({ name: "deploy" });
  });

  it("takes nothing away from GitLab that is protected, and does not forget it", async () => {
    factory.program.config(["deletion"], { protect: true });
    await succeeded(factory.stack.up());
    const before = (await factory.stack.resources()).length;
    const refused = await factory.stack.destroy();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout).toContain("cannot be deleted");
    expect((await factory.ask(`projects/${id("acme/shop/deploy")}`)).status).toBe(200);
    // What went is made again, and nothing twice.
    await succeeded(factory.stack.up());
    expect(await factory.stack.resources()).toHaveLength(before);
    expect(await factory.api(`projects/${id("acme/shop/mirror")}/pipeline_schedules`)).toHaveLength(1);
  });
});
