import { describe, expect, it } from "vitest";
import type { FirstUpdate } from "../../../../../delivery/adopt/imports/first-update";
import type { DeclaredResource } from "../../../../../delivery/adopt/imports/declared-resource";
import { importableObject } from "../../../../../delivery/adopt/imports/importable-kinds";
import type { ImportableObject } from "../../../../../delivery/adopt/imports/importable-kinds";
import {
  importsJson,
  importsText,
  nothingToImport,
  type ImportsReport,
} from "../../../../../delivery/adopt/imports/report";
import { application, declare, namespace, PROVIDER } from "./declared";

function objectOf(resource: DeclaredResource): ImportableObject {
  const object = importableObject(resource);
  if (object === undefined) throw new Error("it is of no kind that is imported");
  return object;
}

const changed: FirstUpdate = {
  changes: [
    { path: "spec.project", before: "default", after: "shop" },
    { path: 'metadata.labels["dso/project"]', after: "shop" },
    {
      path: 'metadata.annotations["notifications.argoproj.io/subscribe.on-sync-failed.email"]',
      after: "a@acme.example",
    },
    { path: "spec.destination.name", before: "in-cluster" },
  ],
  ownedByOthers: ["spec.project"],
};

const quota = (provider = PROVIDER): DeclaredResource =>
  declare("core/v1", "ResourceQuota", "dso-quota", { namespace: "shop", provider });

const report: ImportsReport = {
  stack: "dev",
  fileName: "imports.json",
  file: { nameTable: {}, resources: [] },
  imported: [
    { ...objectOf(application), update: changed },
    { ...objectOf(namespace), update: { changes: [], ownedByOthers: [] } },
  ],
  absent: [objectOf(quota(PROVIDER.replace("in-cluster", "edge")))],
  leftOut: [{ ...objectOf(quota()), reason: "it has scopes" }],
  otherKinds: ["Secret", "Service", "Secret"].map((kind) => declare("core/v1", kind, "x")),
  targets: [],
  steps: [{ what: "Read it:", commands: ["pulumi import"] }],
};

describe("what is told of imports", () => {
  it("is what the first update changes, what stays, what it makes, and what is left out", () => {
    expect(importsText(report)).toBe(`2 objects that dev would make are on the cluster already: imports.json

What the first update changes on them, as the API server answers to it:
  Application argocd/old-shop
    ~ spec.project: default → shop
    + metadata.annotations["notifications.argoproj.io/subscribe.on-sync-failed.email"]: a@acme.example
    - spec.destination.name: in-cluster
    + labels and annotations that say whose it is (1)
    ! others own spec.project: the update is refused before --take-over is done

What stays as it is:
  Namespace (1)

What the first update makes, as the cluster does not have it:
  ResourceQuota shop/dso-quota on the cluster edge

What is not imported, and taken over in place by the first update where it exists (the preview says create):
  ResourceQuota shop/dso-quota: it has scopes
  Secret (2), Service (1): an import takes what the API server filled in for what was declared, and would have the engine replace some

Steps:
  1. Read it:
       pulumi import
`);
  });

  it("says why the API server could not be asked", () => {
    const unasked = { ...objectOf(namespace), update: { unasked: "it answers 403: no", ownedByOthers: [] } };
    expect(importsText({ ...report, imported: [unasked] })).toContain(
      "  Namespace shop\n    not known: it answers 403: no",
    );
  });

  it("is why there is nothing to import, and what to do first", () => {
    expect(nothingToImport("dev", 0)).toBe("nothing to import: the stack dev has all that the program declares\n");
    expect(nothingToImport("dev", 12)).toContain("first: npx factory adopt --from-cluster --stack dev\n");
  });

  it("has each object with its URN, its id and its changes in JSON", () => {
    expect(importsJson(report)).toMatchObject({
      stack: "dev",
      file: "imports.json",
      imported: [
        {
          kind: "Application",
          namespace: "argocd",
          name: "old-shop",
          cluster: "in-cluster",
          id: "argocd/old-shop",
          ...changed,
        },
        { kind: "Namespace", name: "shop", urn: namespace.urn, changes: [] },
      ],
      absent: [{ kind: "ResourceQuota", name: "dso-quota", cluster: "edge" }],
      leftOut: [{ reason: "it has scopes" }, { kind: "Secret" }, { kind: "Service" }, { kind: "Secret" }],
      steps: [{ commands: ["pulumi import"] }],
    });
  });
});
