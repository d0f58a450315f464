import { describe, expect, it } from "vitest";
import { changedFiles } from "../../../../delivery/promote/changed-files";
import { planPromotion } from "../../../../delivery/promote/plan-promotion";
import { planDescription, planTitle } from "../../../../delivery/promote/plan-report";
import { UserError } from "../../../../model/problem";
import { application, COMMIT, platform, request, SHOP, shop } from "./platform";

const REVISIONS = { dev: "v1.5.0", staging: "v1.4.0", prod: "v1.3.0" };
const RUNS = application("dev", { targetRevision: "v1.5.0" });

describe("factory promote moves", () => {
  it("what an environment runs to the next, and no other byte", async () => {
    const root = platform({ [SHOP]: shop(REVISIONS) });
    const plan = await planPromotion({ ...request(root, [RUNS]), from: "dev", to: "staging" });
    expect(plan.moves).toEqual([
      {
        file: SHOP,
        project: "acme/shop",
        repository: "deploy",
        kind: "revision",
        name: "",
        before: "v1.4.0",
        after: "v1.5.0",
      },
    ]);
    expect(plan.grounds).toEqual(["dev runs this, Synced and Healthy: 1 Application, asked of argocd.example"]);
    expect(changedFiles(root, plan).map(({ text }) => text)).toEqual([shop({ ...REVISIONS, staging: "v1.5.0" })]);
  });

  it("versions of images and of charts, and leaves other parameters where they are", async () => {
    const repositories = `repositories:
  - name: deploy
    url: https://git.acme.example/shop/deploy.git
    kind: kustomize
    images: [shop=harbor.example/shop:1.0]
    environments: { dev: { images: [shop=dev.example/shop:2.0] } }
  - name: redis
    url: https://charts.example
    kind: helm
    chart: redis
    revision: 1.0.0
    environments: { dev: { revision: 1.1.0, parameters: { image.tag: "7.4", replicas: 1 } } }
`;
    const text = `organisation: acme\nname: shop\nenvironments: [dev, staging]\n${repositories}`;
    const root = platform({ [SHOP]: text });
    const redis = application("dev", {
      targetRevision: "1.1.0",
      helm: { parameters: [{ name: "image.tag", value: "7.4" }] },
    });
    const applications = [
      application("dev", { kustomize: { images: ["shop=dev.example/shop:2.0"] } }),
      { ...redis, metadata: { name: redis.metadata.name.replace("deploy", "redis") } },
    ];
    const plan = await planPromotion({ ...request(root, applications), from: "dev", to: "staging" });
    expect(changedFiles(root, plan)[0]?.text).toBe(
      text
        .replace("shop:2.0] } }", "shop:2.0] }, staging: { images: [shop=harbor.example/shop:2.0] } }")
        .replace(
          "replicas: 1 } } }",
          'replicas: 1 } }, staging: { revision: 1.1.0, parameters: { image.tag: "7.4" } } }',
        ),
    );
  });

  it("nothing where there is no difference, and asks nobody then", async () => {
    const root = platform({ [SHOP]: shop({ dev: "env/dev", staging: "env/staging", prod: "v1" }) });
    const ask = () => Promise.reject(new Error("nobody is to be asked"));
    const plan = await planPromotion({ ...request(root, []), ask, from: "dev", to: "staging" });
    expect(plan.moves).toEqual([]);
  });

  it("the commit that runs, where a branch is pinned", async () => {
    const root = platform({ [SHOP]: shop({ dev: "v1", staging: "main", prod: "v1.3.0" }) });
    const wanted = {
      ...request(root, [application("staging", { targetRevision: "main" })]),
      from: "staging",
      to: "prod",
    };
    await expect(planPromotion(wanted)).rejects.toThrow(
      /deploy: revision: the revision moves on by itself, and prod is production\n.*main\n.*\n.*--pin/,
    );
    const plan = await planPromotion({ ...wanted, pin: true });
    expect(plan.moves.map(({ after }) => after)).toEqual([COMMIT]);
  });

  it("with a title and a description in which others' words are no markup", async () => {
    const root = platform({ [SHOP]: shop(REVISIONS) });
    const plan = await planPromotion({ ...request(root, [RUNS]), from: "dev", to: "staging" });
    expect(planTitle(plan)).toBe("Promote dev to staging: acme/shop");
    const described = planDescription({ ...plan, grounds: ["as of *1* by @all: <b>"] });
    expect(described).toContain("| `acme/shop` | `deploy` | `revision` | `v1.4.0` | `v1.5.0` |");
    expect(described).toContain("- as of \\*1\\* by @\u200ball: \\<b\\>");
  });
});

describe("factory promote refuses", () => {
  const refused = async (from: string, to: string, applications = [RUNS], files = {}, projects: string[] = []) => {
    const root = platform({ [SHOP]: shop(REVISIONS), ...files });
    return planPromotion({ ...request(root, applications), projects, from, to }).then(
      () => "not refused",
      (error: unknown) => (error instanceof UserError ? error.message : String(error)),
    );
  };

  it.each([
    ["dev", "prod", /acme\/shop: this leaves out staging, which comes before prod/],
    ["prod", "staging", /acme\/shop: prod does not come before staging[\s\S]*--to-previous/],
    [
      "staging",
      "dev",
      /nothing is promoted to dev: no environment comes before it[\s\S]*write --from dev --to staging;/,
    ],
    ["dev", "dev", /--from, --to: both are the same environment/],
    ["dve", "staging", /--from: no stack is this environment\n.*dve\n.*dev, prod, staging\n.*did you mean "dev"/],
    ["dev", "stagin", /--to: no stack is this environment[\s\S]*did you mean "staging"/],
  ])("the step from %s to %s", async (from, to, message) => {
    expect(await refused(from, to)).toMatch(message);
  });

  it("a project that there is not, with the one that is meant", async () => {
    expect(await refused("dev", "staging", [], {}, ["shopp"])).toMatch(
      /there is no such project in dev or staging[\s\S]*mean "shop"/,
    );
  });

  it.each(["dev", "staging"])("a project that is not in %s, where it is named", async (environment) => {
    const cart = shop(REVISIONS)
      .replace("name: shop", "name: cart")
      .replace(new RegExp(`  ${environment}:.*\n`), "");
    const file = "catalog/acme/cart.yaml";
    expect(await refused("dev", "staging", [RUNS], { [file]: cart }, ["cart"])).toBe(
      `error: ${file}: environments: the project is not in ${environment}\n` +
        `  fix:     add ${environment} to its environments, or name ones that it has`,
    );
    expect(await refused("dev", "staging", [RUNS], { [file]: cart })).toBe("not refused");
  });

  const with_ = (status: object) => [application("dev", { targetRevision: "v1.5.0" }, status)];
  it.each([
    ["nothing there", [], /there is no such Application[\s\S]*pulumi up --stack dev; .*token that may get it/],
    [
      "what was not declared yet",
      [application("dev", { targetRevision: "v1.4.0" })],
      /found: {3}revision v1.4.0\n.*v1.5.0/,
    ],
    [
      "what Argo CD has not looked at yet",
      with_({ sync: { status: "Synced", comparedTo: { source: { targetRevision: "v1.4.0" } } } }),
      /not looked at its new revision/,
    ],
    ["what is being synchronised", with_({ operationState: { phase: "Running" } }), /a synchronisation is under way/],
    [
      "what is out of sync",
      with_({
        sync: { status: "OutOfSync" },
        conditions: [{ type: "ComparisonError", message: "no such path\nstack" }],
      }),
      /found: {3}OutOfSync: no such path\n {2}allowed: Synced/,
    ],
    [
      "what is not healthy",
      with_({ sync: { status: "Synced" }, health: { status: "Degraded" } }),
      /Degraded\n.*Healthy/,
    ],
  ])("%s", async (_, applications, message) => {
    expect(await refused("dev", "staging", applications)).toMatch(message);
  });

  it("an environment that several stacks are, unless a stack is named", async () => {
    const two = Object.fromEntries(
      ["north", "south"].map((name) => [`Pulumi.${name}.yaml`, 'config: { "gitops-factory:environment": live }\n']),
    );
    const files = { ...two, [SHOP]: shop(REVISIONS).replace("  prod:", "  live:"), "Pulumi.prod.yaml": "config: {}\n" };
    expect(await refused("staging", "live", [], files)).toMatch(
      /--to: several stacks are this environment\n.*live\n.*north, south/,
    );
    expect(await refused("staging", "south", [], files)).toMatch(
      /nothing is promoted to live[\s\S]*promotion.from staging --path --stack south/,
    );
  });

  it("environments with catalogues of their own", async () => {
    const files = { "Pulumi.staging.yaml": 'config: { "gitops-factory:catalog": other }\n' };
    expect(await refused("dev", "staging", [RUNS], files)).toMatch(/catalogues of their own/);
  });
});
