import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GitLabFactory, id } from "./support/gitlab-factory";
import { objectChanges, succeeded } from "./support/pulumi-run";

const CATALOGUE = "catalog/acme/shop.yaml";

let factory: GitLabFactory;

// One stack whose story the tests tell in their order.
beforeAll(async () => {
  factory = await GitLabFactory.start();
  factory.program.config(["gitlab", "tokens"], { validDays: 30, rotateBeforeDays: 10 });
  factory.program.config(["gitlab", "permanently"], true);
  await succeeded(factory.stack.up());
});

afterAll(async () => {
  await factory.dispose();
});

async function deployTokens(): Promise<{ id: number; expires_at: string; revoked: boolean }[]> {
  return factory.api(`groups/${id("acme/shop")}/deploy_tokens?active=true`);
}

/** From now on, the program believes that it is this day. */
function moveTo(day: string): void {
  const { program } = factory;
  program.write("index.ts", program.read("index.ts").replace(/new Date\("[^"]+"\)/, `new Date("${day}")`));
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

describe("the GitLab side in the course of time", () => {
  it("has the mirror write by a new token when the former comes to its end", async () => {
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

  it("makes Argo CD's next token when its day has come, and only then takes the former away", async () => {
    const [before] = await deployTokens();
    const { gitlab } = (await factory.stack.outputs()) as {
      gitlab: { tokens: { expiresAt: string; renewFrom: string } };
    };
    const { expiresAt, renewFrom } = gitlab.tokens;
    expect(before?.expires_at.slice(0, 10)).toBe(expiresAt);
    moveTo(dayBefore(renewFrom));
    expect(objectChanges(await succeeded(factory.stack.preview()))).toEqual([]);
    moveTo(renewFrom);
    const { run, requests } = await factory.writes(() => succeeded(factory.stack.up()));
    expect(objectChanges(run).sort()).toEqual([
      "create-replacement gitlab-acme/shop-argocd",
      "delete-replaced gitlab-acme/shop-argocd",
      "replace gitlab-acme/shop-argocd",
    ]);
    expect(requests.map((request) => request.split(" ")[0])).toEqual(["POST", "DELETE"]);
    const [after, ...others] = await deployTokens();
    expect(others).toEqual([]);
    expect(after?.id).not.toBe(before?.id);
    expect(after?.expires_at.slice(0, 10) ?? "").not.toBe(expiresAt);
  });

  it("still has what it replaces and GitLab has but once", async () => {
    factory.program.replace(
      CATALOGUE,
      "{ HARBOR_PASSWORD: { secret: harbor } }\n",
      "{ HARBOR_PASSWORD: { secret: harbor, masked: false } }\ngitlab: { branchProtection: { push: developer } }\n",
    );
    const anew = ["mirror-file-mirror.sh", "mirror-variable-GIT_OUTPUT_USER"];
    const run = await succeeded(
      factory.stack.up(...anew.flatMap((name) => ["--replace", `**gitlab-acme/shop/${name}`])),
    );
    const changes = objectChanges(run);
    for (const name of ["api-protection", ...anew]) expect(changes).toContain(`replace gitlab-acme/shop/${name}`);
    expect(changes).toContain("update gitlab-acme/shop/api-variable-HARBOR_PASSWORD");
    const mirror = `projects/${id("acme/shop/mirror")}`;
    expect(await factory.api(`projects/${id("acme/shop/api")}/protected_branches/main`)).toMatchObject({
      push_access_levels: [{ access_level: 30 }],
    });
    expect(await factory.api(`projects/${id("acme/shop/api")}/variables/HARBOR_PASSWORD`)).toMatchObject({
      masked: false,
    });
    expect(await factory.api(`${mirror}/variables/GIT_OUTPUT_USER`)).toMatchObject({ value: "mirror" });
    expect(await factory.api(`${mirror}/repository/files/mirror.sh?ref=main`)).toMatchObject({
      execute_filemode: true,
    });
  });

  it("survives GitLab's delayed deletion: what goes for good comes again under the same path", async () => {
    factory.program.replace(CATALOGUE, "  - name: api\n", "  - name: api-two\n");
    await succeeded(factory.stack.up());
    expect((await factory.ask(`projects/${id("acme/shop/api")}`)).status).toBe(404);
    factory.program.replace(CATALOGUE, "  - name: api-two\n", "  - name: api\n");
    factory.program.config(["gitlab", "permanently"], undefined);
    await succeeded(factory.stack.up());
    expect((await factory.ask(`projects/${id("acme/shop/api")}`)).status).toBe(200);
  });

  it("has another environment's stack add its own token and hooks, and nothing else", async () => {
    const { program, stack } = factory;
    program.write("Pulumi.staging.yaml", program.read("Pulumi.dev.yaml").replace("owner: true", "owner: false"));
    program.replace(CATALOGUE, "environments: [dev]", "environments: [dev, staging]");
    await stack.must("stack", "init", "--no-select", "staging");
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
    await succeeded(factory.stack.destroy());
    const left = await factory.api<{ full_path: string; marked_for_deletion_on?: string | null }[]>("groups");
    expect(left.filter((group) => (group.marked_for_deletion_on ?? null) === null)).toEqual([]);
    expect(await factory.stack.resources()).toEqual([]);
    // GitLab keeps it for some days, out of the way.
    factory.program.config(["deletion"], { protect: true });
    await succeeded(factory.stack.up());
    expect(await factory.api(`projects/${id("acme/shop/deploy")}`)).toMatchObject({ name: "deploy" });
  });

  it("takes nothing away from GitLab that is protected, and does not forget it", async () => {
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
