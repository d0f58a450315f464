import { describe, expect, it } from "vitest";
import type { Application } from "../../../../delivery/argocd/application";
import { changedFiles } from "../../../../delivery/promote/changed-files";
import { planRollback } from "../../../../delivery/promote/plan-rollback";
import { UserError } from "../../../../model/problem";
import { application, COMMIT, historyOf, platform, request, SHOP, shop } from "./platform";

const at = (prod: string): string => shop({ dev: "v9", staging: "v9", prod });

/** prod's Application, which has synchronised these revisions, the newest last. */
function ran(...revisions: readonly string[]): Application {
  const history = revisions.map((targetRevision, id) => {
    return { id, revision: COMMIT, source: { repoURL: "https://git.acme.example/shop/deploy.git", targetRevision } };
  });
  return application("prod", { targetRevision: revisions.at(-1) ?? "" }, { history });
}

describe("factory promote --to-previous", () => {
  it("goes back to the newest pins that differ, and tells what it takes back", async () => {
    const root = platform({ [SHOP]: at("v1.5.0") });
    // The newest commit has nothing to do with prod's pins.
    const texts = [at("v1.5.0"), at("v1.5.0").replace("# The shop", "# A shop"), at("v1.4.0"), at("v1.3.0")];
    const applications = [ran("v1.3.0", "v1.4.0", "v1.5.0")];
    const plan = await planRollback({ ...request(root, applications), history: historyOf(texts), to: "prod" });
    expect(changedFiles(root, plan).map(({ text }) => text)).toEqual([at("v1.4.0")]);
    expect(plan.warnings).toEqual([
      expect.objectContaining({
        severity: "warning",
        value: "3333333333 of 2026-11-21 by Ann: change 3",
        message: "this takes back what acme/shop got in prod by this commit",
      }),
    ]);
    expect(plan.grounds).toEqual([
      "prod ran this before, by Argo CD's history, asked of argocd.example",
      "acme/shop: as of 2222222222 of 2026-11-21 by Ann: change 2",
    ]);
  });

  it("goes past pins that were written, but never ran", async () => {
    const root = platform({ [SHOP]: at("v1.5.0") });
    const history = historyOf([at("v1.5.0"), at("v1.4.0"), at("v1.3.0")]);
    const plan = await planRollback({ ...request(root, [ran("v1.3.0", "v1.5.0")]), history, to: "prod" });
    expect(plan.moves.map(({ after }) => after)).toEqual(["v1.3.0"]);
  });

  it("goes by the catalogue alone where Argo CD is away, and says so", async () => {
    const root = platform({ [SHOP]: at("v1.5.0") });
    const down = new UserError([{ severity: "error", file: "argocd", path: "", message: "it is away", fix: "wait" }]);
    const wanted = { ...request(root, []), ask: () => Promise.reject(down), to: "prod" };
    const plan = await planRollback({ ...wanted, history: historyOf([at("v1.5.0"), at("v1.4.0")]) });
    expect(plan.moves.map(({ after }) => after)).toEqual(["v1.4.0"]);
    expect(plan.warnings[0]).toMatchObject({
      severity: "warning",
      message: "whether prod has run this before is told by the catalogue alone: it is away",
    });
  });

  it("brings no branch back to production, but the commit that ran there", async () => {
    const root = platform({ [SHOP]: at("v1.5.0") });
    const history = historyOf([at("v1.5.0"), at("main")]);
    const wanted = { ...request(root, [ran("main", "v1.5.0")]), history, to: "prod" };
    await expect(planRollback(wanted)).rejects.toThrow(/the revision moves on by itself, and prod is production/);
    const plan = await planRollback({ ...wanted, pin: true });
    expect(plan.moves.map(({ after }) => after)).toEqual([COMMIT]);
  });

  it.each([
    ["there is no other", [at("v1.5.0"), at("v1.5.0")], /there is no previous: the catalogue's history knows no other/],
    ["the environment is new", [at("v1.5.0"), "organisation: acme"], /there is no previous/],
    ["no other has run", [at("v1.5.0"), at("v1.0.0")], /none of the earlier pins is in Argo CD's history of prod/],
  ])("refuses where %s", async (_, texts, message) => {
    const root = platform({ [SHOP]: at("v1.5.0") });
    const wanted = { ...request(root, [ran("v1.5.0")]), projects: ["shop"], history: historyOf(texts), to: "prod" };
    await expect(planRollback(wanted)).rejects.toThrow(message);
  });

  it("says that a shallow clone knows little, and refuses where no project at all has a previous", async () => {
    const root = platform({ [SHOP]: at("v1.5.0") });
    const wanted = { ...request(root, [ran("v1.5.0")]), history: historyOf([at("v1.5.0")], true), to: "prod" };
    await expect(planRollback({ ...wanted, projects: ["shop"] })).rejects.toThrow(/GIT_DEPTH: 0/);
    await expect(planRollback(wanted)).rejects.toThrow(/no project has had other pins in prod/);
  });
});
