import { describe, expect, it } from "vitest";
import { checkPins, productionOf, type CheckRequest } from "../../../../delivery/promote/check-pins";
import { goodLine, pinProblem } from "../../../../delivery/promote/check-report";
import { environmentsOf } from "../../../../delivery/promote/environments";
import { baseOfJob } from "../../../../delivery/promote/run-check";
import { formatProblem } from "../../../../model/problem";
import { application, COMMIT, historyOf, platform, SHOP, shop } from "./platform";

const BASE = { dev: "v1.5.0", staging: "v1.4.0", prod: "v1.3.0" };

/** What is said of the shop as it is now, where its file said this before, the newest first. */
async function said(now: string, before: readonly string[], rest: Partial<CheckRequest> = {}): Promise<string[]> {
  const root = platform({ [SHOP]: now });
  const all = environmentsOf(root);
  const request = { root, history: historyOf(before), all, targets: productionOf(all), projects: [], ...rest };
  const pins = await checkPins(request);
  return pins.map((pin) => goodLine(pin) ?? formatProblem(pinProblem(pin, false) ?? raise()));
}

function raise(): never {
  throw new Error("a pin is good or not");
}

const to = (prod: string): string => shop({ ...BASE, prod });

describe("A changed pin of production is good", () => {
  it("when staging has had it, now or before", async () => {
    const line = `${SHOP}: deploy in prod: revision v1.3.0 → v1.4.0: staging has had it`;
    expect(await said(to("v1.4.0"), [shop(BASE)])).toEqual([`${line}, 1111111111 of 2026-11-21 by Ann: change 1`]);
    const later = shop({ ...BASE, staging: "v1.5.0" });
    expect(await said(to("v1.4.0"), [later, shop(BASE)])).toEqual([
      expect.stringContaining("staging has had it, 1111"),
    ]);
  });

  it("when production has had it itself", async () => {
    const before = [shop(BASE), shop({ ...BASE, prod: "v1.2.9" })];
    expect(await said(to("v1.2.9"), before)).toEqual([expect.stringContaining("it has had it before, 1111111111 of")]);
  });

  it("when it differs by the environment's name alone", async () => {
    expect(await said(to("release-prod"), [shop({ ...BASE, staging: "release-staging" })])).toEqual([
      expect.stringContaining("release-prod: staging has had it"),
    ]);
  });

  it("when Argo CD has run it there, where it is asked", async () => {
    const history = [{ id: 1, revision: COMMIT, source: { repoURL: "", targetRevision: "main" } }];
    const applications = [application("staging", { targetRevision: "main" }, { history })];
    const ask = () => Promise.resolve({ from: "argocd.example", applications });
    const before = [shop({ ...BASE, staging: "main" })];
    expect(await said(to(COMMIT), before, { ask })).toEqual([
      `${SHOP}: deploy in prod: revision v1.3.0 → ${COMMIT}: staging has run it, asked of argocd.example`,
    ]);
    expect(await said(to("a".repeat(40)), before, { ask })).toEqual([
      expect.stringMatching(/^error: .*without having/),
    ]);
  });

  it("when nothing has changed, or in another file", async () => {
    expect(await said(shop(BASE), [shop(BASE)])).toEqual([]);
    const history = { ...historyOf([shop(BASE)]), changed: () => Promise.resolve(["README.md"]) };
    expect(await said(to("v9.9.9"), [], { history })).toEqual([]);
  });

  it("when the project or its repository is new", async () => {
    expect(await said(to("v9.9.9"), [])).toEqual([]);
    const repository = "  - { name: extra, url: https://git.acme.example/extra.git, kind: kustomize, revision: v9 }\n";
    expect(await said(shop(BASE) + repository, [shop(BASE)])).toEqual([]);
  });
});

describe("A changed pin of production is not good", () => {
  it("when staging has never had it, with what it has had and what to do", async () => {
    expect(await said(to("v9.9.9"), [shop(BASE), shop({ ...BASE, staging: "v1.3.0" })])).toEqual([
      [
        `error: ${SHOP}: deploy: revision: this would come to prod without having been in staging`,
        "  found:   v9.9.9",
        "  allowed: v1.4.0, v1.3.0",
        "  fix:     have it in staging first, then: factory promote --from staging --to prod acme/shop",
      ].join("\n"),
    ]);
  });

  it("when staging gets it by the same change", async () => {
    expect(await said(shop({ ...BASE, staging: "v2", prod: "v2" }), [shop(BASE)])).toEqual([
      expect.stringContaining("without having been in staging"),
    ]);
  });

  it("when the project has just come to production with another one", async () => {
    const before = shop(BASE).replace(/ {2}prod:.*\n/, "");
    expect(await said(to("v9.9.9"), [before])).toEqual([expect.stringContaining("found:   v9.9.9")]);
    expect(await said(to("v1.4.0"), [before])).toEqual([
      expect.stringContaining("(none) → v1.4.0: staging has had it"),
    ]);
  });

  it("and is looked at, when it is a commit and staging follows a branch", async () => {
    expect(await said(to(COMMIT), [shop({ ...BASE, staging: "main" })])).toEqual([
      expect.stringMatching(/^warning: .*staging follows a branch[\s\S]*--server/),
    ]);
  });
});

it.each([
  [{}, undefined],
  [{ CI_MERGE_REQUEST_DIFF_BASE_SHA: "b", CI_MERGE_REQUEST_TARGET_BRANCH_SHA: "" }, "b"],
  [{ CI_MERGE_REQUEST_DIFF_BASE_SHA: "b", CI_MERGE_REQUEST_TARGET_BRANCH_SHA: "t" }, "t"],
])("The base of a pipeline with %j is %s", (env, base) => {
  expect(baseOfJob(env)).toBe(base);
});

it("Production is what is called so, and what is protected", () => {
  const protection = 'config: { "gitops-factory:deletion": { protect: true } }\n';
  const root = platform({ [SHOP]: shop(BASE), "Pulumi.staging.yaml": protection });
  expect(productionOf(environmentsOf(root)).map(({ stack }) => stack)).toEqual(["prod", "staging"]);
});
