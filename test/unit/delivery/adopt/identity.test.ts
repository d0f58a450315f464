import { describe, expect, it } from "vitest";
import { identify } from "../../../../delivery/adopt/identity";
import type { IdentityContext } from "../../../../delivery/adopt/identity";
import { application, sourced } from "./found";

function identityOf(one: ReturnType<typeof application>, context: Partial<IdentityContext> = {}) {
  return identify(one, { mapping: {}, environments: ["dev", "staging", "prod"], ...context });
}

const PLACE = { organisation: "acme", project: "shop", environment: "demo", repository: "deploy" };

describe("Where an Application belongs is told by", () => {
  it("Cloud π's names in the era of the documents", () => {
    const one = application("acme-shop-demo-deploy-3c58", { project: "acme-shop-demo-3c58" });
    expect(identityOf(one)).toEqual(PLACE);
  });

  it("Cloud π's names today, with an AppProject for applications", () => {
    const one = application("acme-shop-demo-3c58-deploy-a1b2", { project: "acme-shop-demo-3c58-app" });
    expect(identityOf(one)).toEqual(PLACE);
  });

  it("the organisation that is given, where a slug has several hyphens", () => {
    const one = application("big-acme-shop-demo-deploy-3c58", { project: "big-acme-shop-demo-3c58" });
    expect(identityOf(one, { organisation: "big-acme" })).toEqual({ ...PLACE, organisation: "big-acme" });
    expect(identityOf(one)).toMatchObject({ organisation: "big", project: "acme-shop" });
  });

  it("no name whose last part is not the hash of an environment", () => {
    const one = application("acme-shop-demo-deploy-ffff", { project: "acme-shop-demo-ffff" });
    expect(identityOf(one).environment).toBeUndefined();
  });

  it("its labels, also with the slip of the pen that some of Cloud π's code has", () => {
    const labels = {
      "dso/organization": "acme",
      "dso/projet": "shop",
      "dso/environment": "demo",
      "dso/repository": "deploy",
    };
    expect(identityOf(application("any", {}, { labels }))).toEqual(PLACE);
  });

  it("argocd-autopilot's names, whose projects are environments", () => {
    const labels = { "app.kubernetes.io/managed-by": "argocd-autopilot" };
    const one = application("staging-hello", { project: "staging" }, { labels });
    expect(identityOf(one)).toMatchObject({ project: "hello", environment: "staging", repository: "hello" });
  });

  it("the mapping file before all others", () => {
    const one = application("acme-shop-demo-deploy-3c58", { project: "acme-shop-demo-3c58" });
    const mapping = { "acme-shop-demo-deploy-3c58": { project: "store" } };
    expect(identityOf(one, { mapping })).toEqual({ ...PLACE, project: "store" });
  });

  it.each([
    ["http://192.168.1.7/gitlab/protobox1/docserver.git", "protobox1", "docserver", "docserver"],
    ["git@git.example:acme/shop/deploy.git", "acme", "shop", "deploy"],
    ["https://user:secret@git.example/acme/Web_Shop.git", "acme", "web-shop", "web-shop"],
  ])("its repository's URL %s", (repoURL, organisation, project, repository) => {
    const one = sourced({ repoURL, path: "overlays/prod" });
    expect(identityOf(one)).toEqual({ organisation, project, repository, environment: "prod" });
  });

  it("nothing, where the URL names a repository alone and its folder no environment", () => {
    const one = sourced({ repoURL: "https://git.example/shop.git", path: "." });
    expect(identityOf(one)).toEqual({ project: "shop", repository: "shop" });
  });
});
