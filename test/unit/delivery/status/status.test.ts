import { describe, expect, it } from "vitest";
import type { Application } from "../../../../delivery/argocd/application";
import { ArgoCdApi } from "../../../../delivery/argocd/argocd-api";
import { Service } from "../../../../delivery/http/service";
import { entryOf, isAskedFor, isFine, sortedEntries } from "../../../../delivery/status/entry";
import { jsonStatus, tableStatus } from "../../../../delivery/status/report";
import { applicationsOfCluster, statusOfServer } from "../../../../delivery/status/sources";
import { kubeTarget } from "../cluster/target";
import { fakeApi } from "../doctor/fake-api";

const revision = "4f2a9c1e".repeat(5);

function application(name: string, environment: string, status: object = {}): Application {
  return {
    metadata: {
      name: `acme-${name}-${environment}-deploy-6293`,
      labels: { "dso/organization": "acme", "dso/project": name, "dso/environment": environment },
    },
    spec: { project: `acme-${name}-${environment}-6293` },
    status: {
      sync: { status: "Synced", revision },
      health: { status: "Healthy" },
      summary: { images: ["registry.acme.example/acme/shop:4f2a9c1e"] },
      history: [
        { id: 1, revision, deployedAt: "2026-11-21T11:00:00Z", initiatedBy: { username: "alice" } },
        { id: 0, revision: "old", deployedAt: "2026-11-20T11:00:00Z" },
      ],
      ...status,
    },
  };
}

const shop = application("shop", "dev");
const broken = application("cart", "dev", {
  sync: { status: "OutOfSync", revision },
  health: { status: "Degraded" },
  conditions: [{ type: "ComparisonError", message: "no such path\nand a stack" }],
  history: [],
});

describe("The state of an Application", () => {
  it("is read from its labels, status and history", () => {
    expect(entryOf(shop, "lab")).toEqual({
      from: "lab",
      project: "acme/shop",
      environment: "dev",
      application: "acme-shop-dev-deploy-6293",
      images: ["registry.acme.example/acme/shop:4f2a9c1e"],
      revisions: [revision],
      sync: "Synced",
      health: "Healthy",
      messages: [],
      delivery: { at: "2026-11-21T11:00:00Z", revision, by: "alice" },
    });
  });

  it("is unknown where nothing is there yet, and known by its AppProject without the factory's labels", () => {
    const bare = { metadata: { name: "guestbook" }, spec: { project: "default" } };
    expect(entryOf(bare, "lab")).toMatchObject({ project: "default", sync: "Unknown", health: "Unknown", images: [] });
    expect(isFine(entryOf(bare, "lab"))).toBe(false);
  });

  it.each([
    [{}, true],
    [{ project: "shop" }, true],
    [{ project: "acme/shop" }, true],
    [{ project: "op" }, false],
    [{ environment: "dev" }, true],
    [{ project: "shop", environment: "prod" }, false],
  ])("is asked for by %j: %s", (filter, expected) => {
    expect(isAskedFor(entryOf(shop, "lab"), filter)).toBe(expected);
  });
});

describe("factory status shows", () => {
  it("a table, and below it what is wrong", () => {
    const entries = sortedEntries([shop, broken].map((one) => entryOf(one, "lab")));
    expect(tableStatus(entries, new Date("2026-11-21T13:00:00Z"))).toBe(
      [
        "PROJECT    ENVIRONMENT  APPLICATION                IMAGES         REVISION  SYNC       HEALTH    LAST DELIVERY",
        "acme/cart  dev          acme-cart-dev-deploy-6293  shop:4f2a9c1e  4f2a9c1e  OutOfSync  Degraded  -",
        "acme/shop  dev          acme-shop-dev-deploy-6293  shop:4f2a9c1e  4f2a9c1e  Synced     Healthy   2 h ago by alice",
        "",
        "acme-cart-dev-deploy-6293: ComparisonError: no such path",
        "",
        "1 Application of 2 out of sync or not healthy",
        "",
      ].join("\n"),
    );
  });

  it("a column of clusters, where one of them runs elsewhere", () => {
    const at = (destination: object) => ({ ...shop, spec: { ...shop.spec, destination } });
    const elsewhere = [
      entryOf(at({ server: "https://edge:6443" }), "lab", { "https://edge:6443": "edge" }),
      entryOf(at({ name: "by-hand" }), "lab", {}),
      entryOf(at({ server: "https://kubernetes.default.svc" }), "lab", {}),
      entryOf(at({ name: "in-cluster" }), "lab", {}),
    ];
    expect(elsewhere.map(({ cluster }) => cluster)).toEqual(["edge", "by-hand", undefined, undefined]);
    const [head, ...rows] = tableStatus(elsewhere, new Date("2026-11-21T13:00:00Z")).split("\n");
    expect(head).toMatch(/APPLICATION +CLUSTER +IMAGES/);
    expect(rows.slice(0, 3).map((row) => row.split(/ {2,}/)[3])).toEqual(["edge", "by-hand", "-"]);
  });

  it("JSON with a format and the verdict", () => {
    expect(jsonStatus([entryOf(shop, "lab")])).toMatchObject({ format: 1, fine: true });
    expect(jsonStatus([entryOf(broken, "lab")])).toMatchObject({
      fine: false,
      applications: [{ project: "acme/cart", messages: ["ComparisonError: no such path"] }],
    });
  });
});

describe("factory status reads", () => {
  it("a cluster's Applications page by page", async () => {
    const path = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications?limit=500";
    const api = fakeApi({
      [path]: { metadata: { continue: "next page" }, items: [shop] },
      [`${path}&continue=next%20page`]: { metadata: {}, items: [broken, application("shop", "prod")] },
    });
    const found = await applicationsOfCluster(api, "argocd", kubeTarget());
    const names = found.map(({ metadata }) => metadata.name);
    expect(names).toEqual(["acme-shop-dev-deploy-6293", "acme-cart-dev-deploy-6293", "acme-shop-prod-deploy-6293"]);
  });

  it.each([
    [403, /ada\.yaml: context blue: you may not list Applications in argocd \(403\).*\n {2}fix: {5}.*--server/],
    [404, /ada\.yaml: context blue: .* has no Argo CD: it knows no Applications in argocd/],
    [500, /ada\.yaml: context blue: you cannot list Applications in argocd: .* answers 500/],
  ])("why a cluster does not tell (%s)", async (status, message) => {
    const api = fakeApi({ "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications?limit=500": status });
    await expect(applicationsOfCluster(api, "argocd", kubeTarget())).rejects.toThrow(message);
  });

  it("Argo CD's API with the commit's author and title, where it tells them", async () => {
    const { signal } = new AbortController();
    const service = new Service({
      name: "Argo CD",
      url: "https://argocd.example",
      place: "--server",
      headers: {},
      patience: { clock: { now: () => 0, sleep: () => Promise.resolve() }, outageMs: 0, tell: () => undefined },
      signal,
      send: ({ url: { pathname } }) => {
        const commit = { author: "Ann <ann@example.org>", message: "bump shop to 4f2a9c1e\n\nbody" };
        const isCommit = pathname === `/api/v1/applications/acme-shop-dev-deploy-6293/revisions/${revision}/metadata`;
        const other = application("shop", "prod");
        const body = isCommit ? commit : pathname === "/api/v1/applications" ? { items: [shop, other] } : undefined;
        return Promise.resolve({
          status: body === undefined ? 404 : 200,
          headers: {},
          text: JSON.stringify(body ?? {}),
        });
      },
    });
    const found = await statusOfServer(new ArgoCdApi(service), {});
    expect(found.map(({ delivery }) => [delivery?.author, delivery?.title])).toEqual([
      ["Ann", "bump shop to 4f2a9c1e"],
      [undefined, undefined],
    ]);
    expect(tableStatus(found, new Date("2026-11-21T11:00:30Z"))).toContain("30 s ago by Ann (bump shop to 4f2a9c1e)");
  });
});
