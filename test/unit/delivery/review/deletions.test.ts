import { describe, expect, it } from "vitest";
import { buildReview } from "../../../../delivery/review/build";
import { plain } from "../../../../delivery/review/phrase";
import { previewOf, type Around, type Change } from "../preview/support/preview-files";
import { applicationChange, namespaceChange, projectChange, quotaChange, source } from "./support/shop";

function dangers(changes: Change[], around: Around = {}): string[] {
  const [stack] = buildReview([previewOf(changes, around)]).stacks;
  return (stack?.dangers ?? []).map(({ kind, subject, what }) => `${kind}, ${subject}: ${plain(what)}`);
}

describe("A danger is told", () => {
  it("of a deleted project as a whole, of a protected one that it will be refused", () => {
    const changes = [
      projectChange("delete"),
      { ...applicationChange(source({}), undefined), protect: true },
      quotaChange({ pods: "1" }, undefined),
      namespaceChange({}, undefined),
    ];
    expect(dangers(changes, { stack: "prod" })).toEqual([
      "protected, acme/shop: Application acme-shop-deploy is protected: the update will be refused",
      "deletion, acme/shop: deletes the project: Application acme-shop-deploy and Namespace acme-shop-dev-1, and what runs there",
      "production, : prod is production",
    ]);
  });

  it("of a project as a whole where the engine stops at its first protected object", () => {
    const changes = [{ ...applicationChange(source({}), undefined), protect: true }];
    const said = [{ severity: "error", message: "resource cannot be deleted, because it is protected" }];
    const preview = previewOf(changes, { stack: "prod", said, declaresParents: false });
    const { headline, stacks } = buildReview([preview]);
    expect(plain(headline)).toBe("The preview of prod has failed; deletes the project acme/shop from prod.");
    expect(stacks[0]?.dangers.map(({ kind, what }) => `${kind}: ${plain(what)}`)).toEqual([
      "protected: Application acme-shop-deploy is protected: the update will be refused",
      "deletion: deletes the project: Application acme-shop-deploy, and what runs there",
      "production: prod is production",
    ]);
  });

  it("of single objects that go, are given up or made anew", () => {
    const changes: Change[] = [
      applicationChange(source({}), undefined),
      { ...quotaChange({ pods: "1" }, undefined), retain: true },
      { ...namespaceChange({}, {}), op: "replace" },
    ];
    expect(dangers(changes)).toEqual([
      "deletion, acme/shop: deletes Application acme-shop-deploy",
      "deletion, acme/shop: gives up ResourceQuota dso-quota, which stays where it is",
      "replacement, acme/shop: deletes and makes anew Namespace acme-shop-dev-1",
    ]);
  });

  it("of DNS by zones, and of Argo CD's version", () => {
    const zones = (...names: string[]) => ({ forwards: names.map((zone) => ({ zone, to: ["10.0.0.53:53"] })) });
    const version = (text: string) => ({ settings: { manifests: { version: text } } });
    expect(
      dangers([
        { op: "update", type: "factory:dns:ClusterDns", name: "dns", before: zones("a"), after: zones("b") },
        {
          op: "update",
          type: "factory:argocd:ArgoCd",
          name: "argocd",
          before: version("v3.1.0"),
          after: version("v3.2.12"),
        },
      ]),
    ).toEqual([
      "DNS, DNS: the zone a is no longer forwarded",
      "DNS, DNS: the zone b is forwarded to 10.0.0.53:53",
      "Argo CD, Argo CD: Argo CD v3.1.0 becomes v3.2.12, for all projects at once",
    ]);
  });

  it("of production as the policies' setting names it", () => {
    const change = [quotaChange({ pods: "1" }, { pods: "2" })];
    const config = { "gitops-factory:policies": '{"production":["live"]}' };
    expect(dangers(change, { stack: "live", config })).toEqual(["production, : live is production"]);
    expect(dangers(change, { stack: "prod", config })).toEqual([]);
    expect(dangers([], { stack: "prod" })).toEqual([]);
  });
});
