import { describe, expect, it } from "vitest";
import { applicationFinalizers, applicationSpec } from "../../../../components/project/application";
import type { Repository, RepositorySource } from "../../../../model/project";
import { project, repository } from "./projects";

const URL = "https://git.example/shop/deploy.git";

function specOf(changes: Partial<Repository>): Record<string, unknown> {
  return applicationSpec(project(), repository(changes));
}

describe("an Application", () => {
  it("deploys its repository into the project's namespace, by itself and again after a failure", () => {
    expect(specOf({})).toEqual({
      project: "acme-shop-dev-6293",
      source: { repoURL: URL, targetRevision: "HEAD", path: "." },
      destination: { server: "https://kubernetes.default.svc", namespace: "acme-shop-dev-6293" },
      syncPolicy: {
        automated: { prune: true, selfHeal: true, allowEmpty: false },
        retry: { limit: 5, backoff: { duration: "5s", factor: 2, maxDuration: "3m" } },
      },
    });
  });

  it("deploys to the project's cluster", () => {
    const elsewhere = project({ destination: { cluster: "eu", server: "https://eu:6443" } });
    expect(applicationSpec(elsewhere, repository())["destination"]).toEqual({
      server: "https://eu:6443",
      namespace: "acme-shop-dev-6293",
    });
  });

  it.each<[string, RepositorySource, Record<string, unknown>]>([
    [
      "manifests in sub-folders",
      { kind: "manifests", url: URL, revision: "main", path: "k8s", recurse: true },
      { repoURL: URL, targetRevision: "main", path: "k8s", directory: { recurse: true } },
    ],
    [
      "Kustomize without images, where Argo CD would take an empty map out",
      { kind: "kustomize", url: URL, revision: "CD", path: "factory/CD/base", images: [] },
      { repoURL: URL, targetRevision: "CD", path: "factory/CD/base" },
    ],
    [
      "Kustomize with images",
      { kind: "kustomize", url: URL, revision: "HEAD", path: ".", images: ["nginx=mirror/nginx:1"] },
      { repoURL: URL, targetRevision: "HEAD", path: ".", kustomize: { images: ["nginx=mirror/nginx:1"] } },
    ],
    [
      "a chart in Git",
      {
        kind: "helm",
        url: URL,
        revision: "v1",
        path: "chart",
        releaseName: "deploy",
        valueFiles: ["values.yaml", "values-dev.yaml"],
        parameters: { "ingress.enabled": "true", "image.tag": "1.20" },
      },
      {
        repoURL: URL,
        targetRevision: "v1",
        path: "chart",
        helm: {
          releaseName: "deploy",
          valueFiles: ["values.yaml", "values-dev.yaml"],
          parameters: [
            { name: "ingress.enabled", value: "true" },
            { name: "image.tag", value: "1.20" },
          ],
        },
      },
    ],
    [
      "a chart of a chart repository, which has no path",
      {
        kind: "helm",
        url: "https://charts.example",
        chart: "redis",
        revision: "1.4.*",
        path: ".",
        releaseName: "cache",
        valueFiles: [],
        parameters: {},
      },
      {
        repoURL: "https://charts.example",
        targetRevision: "1.4.*",
        chart: "redis",
        helm: { releaseName: "cache" },
      },
    ],
  ])("takes %s", (_, source, expected) => {
    expect(specOf({ sources: [source] })["source"]).toEqual(expected);
  });

  it("takes several sources, of which one lends its files", () => {
    const spec = specOf({
      sources: [
        {
          kind: "helm",
          url: "https://charts.example",
          chart: "redis",
          revision: "1.4.2",
          path: ".",
          releaseName: "cache",
          valueFiles: ["$values/redis.yaml"],
          parameters: {},
        },
        { kind: "reference", url: URL, revision: "HEAD", ref: "values" },
      ],
    });
    expect(spec).not.toHaveProperty("source");
    expect(spec["sources"]).toEqual([
      {
        repoURL: "https://charts.example",
        targetRevision: "1.4.2",
        chart: "redis",
        helm: { releaseName: "cache", valueFiles: ["$values/redis.yaml"] },
      },
      { repoURL: URL, targetRevision: "HEAD", ref: "values" },
    ]);
  });

  it("is not synchronised without being asked to", () => {
    const sync = { automated: false, prune: true, selfHeal: true, options: ["CreateNamespace=true"], retryLimit: 2 };
    expect(specOf({ sync })["syncPolicy"]).toEqual({
      syncOptions: ["CreateNamespace=true"],
      retry: { limit: 2, backoff: { duration: "5s", factor: 2, maxDuration: "3m" } },
    });
  });

  it("has no empty policy, which Argo CD would take out", () => {
    const sync = { automated: false, prune: true, selfHeal: true, options: [], retryLimit: 0 };
    expect(specOf({ sync })).not.toHaveProperty("syncPolicy");
  });

  it("prunes and heals only where it may", () => {
    const sync = { automated: true, prune: false, selfHeal: false, options: [], retryLimit: 5 };
    expect(specOf({ sync })["syncPolicy"]).toMatchObject({
      automated: { prune: false, selfHeal: false, allowEmpty: false },
    });
  });

  it("is not tried again where its retry limit is 0, which Argo CD would take for five times if it were left out", () => {
    const sync = { automated: true, prune: true, selfHeal: true, options: [], retryLimit: 0 };
    expect(specOf({ sync })["syncPolicy"]).toMatchObject({ retry: { limit: 0 } });
  });

  it("passes over the differences that it is told to ignore", () => {
    const ignoreDifferences = [
      { group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] },
      { group: "", kind: "Service", name: "web", jsonPointers: ["/spec/clusterIP"] },
    ];
    expect(specOf({ ignoreDifferences })["ignoreDifferences"]).toEqual([
      { group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] },
      { kind: "Service", name: "web", jsonPointers: ["/spec/clusterIP"] },
    ]);
  });

  it.each([
    ["foreground", { finalizers: ["resources-finalizer.argocd.argoproj.io"] }],
    ["background", { finalizers: ["resources-finalizer.argocd.argoproj.io/background"] }],
    ["orphan", {}],
    ["retain", {}],
  ] as const)("is deleted in the way %s by its finalizers", (workloads, expected) => {
    expect(applicationFinalizers(workloads)).toEqual(expected);
  });
});
