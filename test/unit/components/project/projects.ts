import type { Project, Repository } from "../../../../model/project";

/** An infra repository that says nothing but its URL. */
export function repository(changes: Partial<Repository> = {}): Repository {
  return {
    name: "deploy",
    applicationName: "acme-shop-dev-deploy-6293",
    sources: [
      { kind: "manifests", url: "https://git.example/shop/deploy.git", revision: "HEAD", path: ".", recurse: false },
    ],
    sync: { automated: true, prune: true, selfHeal: true, options: [], retryLimit: 5 },
    ignoreDifferences: [],
    ...changes,
  };
}

/** A project with the model's defaults. */
export function project(changes: Partial<Project> = {}): Project {
  return {
    file: "catalog/acme/shop.yaml",
    organisation: "acme",
    name: "shop",
    environment: "dev",
    namespace: "acme-shop-dev-6293",
    appProject: "acme-shop-dev-6293",
    owners: [],
    groups: { read: [], write: [] },
    destination: { cluster: "in-cluster", server: "https://kubernetes.default.svc" },
    ownApplications: false,
    quota: { "requests.cpu": "2", "limits.cpu": "2", pods: "50" },
    containerDefaults: { requests: { cpu: "50m" }, limits: { cpu: "500m" } },
    podSecurity: "restricted",
    network: { ingressFromNamespaces: [], egressToCidrs: [] },
    deniedKinds: [],
    syncWindows: [],
    repositories: [repository()],
    ...changes,
  };
}
