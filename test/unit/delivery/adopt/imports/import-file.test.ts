import { describe, expect, it } from "vitest";
import { importFile } from "../../../../../delivery/adopt/imports/import-file";
import { application, component, declare, namespace, provider, PROVIDER, shopProject } from "./declared";

const found = [
  { resource: namespace, id: "shop" },
  { resource: application, id: "argocd/old-shop" },
];

describe("the file for `pulumi import`", () => {
  it("has each object with its id beneath its component, and names the provider, which cannot be imported", () => {
    expect(importFile(found, [provider, shopProject, namespace, application])).toEqual({
      nameTable: { "in-cluster": PROVIDER },
      resources: [
        { type: "factory:project:Project", name: "shop", component: true },
        {
          type: "kubernetes:core/v1:Namespace",
          name: "shop-namespace",
          parent: "shop",
          provider: "in-cluster",
          id: "shop",
        },
        {
          type: "kubernetes:argoproj.io/v1alpha1:Application",
          name: "shop-application",
          parent: "shop",
          provider: "in-cluster",
          id: "argocd/old-shop",
        },
      ],
    });
  });

  it("names a component that the state has already, and does not import it again", () => {
    const { nameTable, resources } = importFile(found, [namespace, application]);
    expect(nameTable).toEqual({ shop: shopProject.urn, "in-cluster": PROVIDER });
    expect(resources.map(({ name }) => name)).toEqual(["shop-namespace", "shop-application"]);
  });

  it("has no component of which nothing is imported, and the parents of components before them", () => {
    const outer = component("factory:Outer", "outer");
    const project = { ...shopProject, parent: outer.urn };
    const created = [outer, component("factory:argocd:ArgoCd", "argocd"), project, namespace];
    expect(importFile([{ resource: namespace, id: "shop" }], created).resources.map(({ name }) => name)).toEqual([
      "outer",
      "shop",
      "shop-namespace",
    ]);
  });

  it("gives what is called alike names of its own, and tells the program's", () => {
    const alike = declare("core/v1", "ResourceQuota", "dso-quota", { namespace: "shop", name: "in-cluster" });
    const { nameTable, resources } = importFile([{ resource: alike, id: "shop/dso-quota" }], [shopProject, alike]);
    expect(nameTable).toEqual({ "in-cluster": PROVIDER });
    expect(resources[1]).toMatchObject({ name: "in-cluster (2)", logicalName: "in-cluster", provider: "in-cluster" });
  });
});
