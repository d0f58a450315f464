import { describe, expect, it } from "vitest";
import { load, problemOf, shop, stack } from "./workspace";

function argocd(yaml: string) {
  return load(stack(`argocd:\n  ${yaml}`)).platform.argocd;
}

function problem(yaml: string) {
  return problemOf(stack(`argocd:\n  ${yaml}`));
}

describe("the tuning of Argo CD", () => {
  it("becomes the keys that Argo CD reads", () => {
    const tuned = argocd(`tuning:
    repoServer: { parallelism: 10, execTimeout: 1m30s, gitTimeout: 20s }
    controller:
      statusProcessors: 50
      operationProcessors: 25
      kubectlParallelism: 30
      reconciliation: { timeout: 180s, jitter: 30s }
      sharding: { replicas: 3, algorithm: round-robin }
  workloads: { argocd-application-controller: { resources: { limits: { memory: 4Gi } } } }`);
    expect(tuned.parameters).toEqual({
      "reposerver.parallelism.limit": "10",
      "reposerver.git.request.timeout": "20s",
      "controller.repo.server.timeout.seconds": "90",
      "server.repo.server.timeout.seconds": "90",
      "controller.status.processors": "50",
      "controller.operation.processors": "25",
      "controller.kubectl.parallelism.limit": "30",
      "controller.sharding.algorithm": "round-robin",
    });
    expect(tuned.settings).toEqual({ "timeout.reconciliation": "180s", "timeout.reconciliation.jitter": "30s" });
    expect(tuned.execTimeout).toBe("1m30s");
    expect(tuned.workloads).toEqual({
      "argocd-application-controller": { replicas: 3, resources: { limits: { memory: "4Gi" } } },
    });
  });

  it("leaves Argo CD's own values where it says nothing, and never has the controller wait for less than it does", () => {
    expect(argocd("tuning: {}")).toMatchObject({ parameters: {}, settings: {}, workloads: {} });
    expect(argocd("tuning: { repoServer: { execTimeout: 20s } }").parameters).toMatchObject({
      "controller.repo.server.timeout.seconds": "60",
    });
  });

  it.each([
    [
      "tuning: { controller: { statusProcessors: 5 } }\n  parameters: { controller.status.processors: 9 }",
      'argocd.parameters["controller.status.processors"]',
      "remove it, and keep argocd.tuning.controller.statusProcessors",
    ],
    [
      "tuning: { controller: { reconciliation: { timeout: 5m } } }\n  settings: { timeout.reconciliation: 9s }",
      'argocd.settings["timeout.reconciliation"]',
      "remove it, and keep argocd.tuning.controller.reconciliation.timeout",
    ],
    [
      "tuning: { controller: { sharding: { replicas: 2 } } }\n  workloads: { argocd-application-controller: { replicas: 3 } }",
      "argocd.workloads.argocd-application-controller.replicas",
      "remove it, and keep that of sharding",
    ],
  ])("is refused beside the same by hand: %s", (yaml, path, fix) => {
    expect(problem(yaml)).toMatchObject({ path, fix });
  });

  it.each([
    ["tuning: { repoServer: { execTimeout: 3 minutes } }", "argocd.tuning.repoServer.execTimeout"],
    ["tuning: { controller: { statusProcessors: 0 } }", "argocd.tuning.controller.statusProcessors"],
    [
      "tuning: { controller: { sharding: { replicas: 2, algorithm: random } } }",
      "argocd.tuning.controller.sharding.algorithm",
    ],
  ])("is refused with a wrong value: %s", (yaml, path) => {
    expect(problem(yaml).path).toBe(path);
  });
});

describe("what Argo CD watches", () => {
  const CLUSTERS = "\nclusters: { east: { server: https://east:6443, context: east } }";

  it("is told by clusters' names, which Argo CD knows by their servers", () => {
    const { resources } = argocd(`resources: { exclusions: [{ kinds: [TaskRun], clusters: [east] }] }${CLUSTERS}`);
    expect(resources).toEqual({
      officialExclusions: true,
      exclusions: [{ kinds: ["TaskRun"], clusters: ["https://east:6443"] }],
      inclusions: [],
    });
  });

  it.each([
    ["exclusions: [{}]", "exclusions[0]", "name apiGroups, kinds or clusters"],
    ["exclusions: [{ kinds: [pods] }]", "exclusions[0].kinds[0]", "write the kind, not its plural"],
    ["exclusions: [{ apiGroups: [apps/v1] }]", "exclusions[0].apiGroups[0]", "write the group without its version"],
    ["exclusions: [{ clusters: [in-cluster] }]", "exclusions[0].clusters[0]", "leave clusters out, which means all"],
    ["inclusions: [{ clusters: [esat] }]", "inclusions[0].clusters[0]", 'did you mean "east"?'],
  ])("is refused: %s", (yaml, path, fix) => {
    expect(problem(`resources: { ${yaml} }${CLUSTERS}`)).toMatchObject({ path: `argocd.resources.${path}`, fix });
  });

  it("is refused beside the same key by hand", () => {
    const yaml = 'resources: { exclusions: [{ kinds: [Pod] }] }\n  settings: { resource.exclusions: "" }';
    expect(problem(yaml)).toMatchObject({ fix: "remove it, and keep argocd.resources.exclusions" });
  });
});

describe("the metrics of Argo CD", () => {
  it("are not offered unless a way is chosen", () => {
    expect(argocd("{}").metrics).toEqual({ kind: "none" });
    expect(argocd("metrics: { by: annotations }").metrics).toEqual({ kind: "annotations" });
    expect(argocd("metrics: { by: serviceMonitors, labels: { release: p } }").metrics).toEqual({
      kind: "serviceMonitors",
      labels: { release: "p" },
    });
  });

  it("have labels only where there are ServiceMonitors", () => {
    expect(problem("metrics: { by: annotations, labels: { release: p } }")).toMatchObject({
      path: "argocd.metrics",
      fix: "remove labels, or set by: serviceMonitors",
    });
  });
});

describe("a project's own Applications", () => {
  const ASKED = shop("ownApplications: true");

  it("are heeded where the project asks and the platform allows", () => {
    const { platform } = load({
      ...ASKED,
      ...stack("projects: { ownApplications: true }\nargocd: { applicationNamespaces: [team-*] }"),
    });
    expect(platform.projects[0]?.ownApplications).toBe(true);
    expect(platform.argocd.applicationNamespaces).toEqual(["team-*", "acme-shop-dev-6293"]);
  });

  it("are not heeded where the project does not ask", () => {
    const { platform } = load(stack("projects: { ownApplications: true }"));
    expect(platform.projects[0]?.ownApplications).toBe(false);
    expect(platform.argocd.applicationNamespaces).toEqual([]);
  });

  it("are not heeded where the platform does not allow it, and the project is told", () => {
    const { platform, warnings } = load(ASKED);
    expect(platform.argocd.applicationNamespaces).toEqual([]);
    expect(warnings).toMatchObject([{ severity: "warning", path: "ownApplications" }]);
  });

  it("are refused on another cluster, whose Applications Argo CD never reads", () => {
    const files = {
      ...shop("ownApplications: true\ncluster: east"),
      ...stack("projects: { ownApplications: true }\nclusters: { east: { server: https://east:6443, context: east } }"),
    };
    expect(problemOf(files)).toMatchObject({
      path: "ownApplications",
      allowed: "true where the cluster is in-cluster",
    });
  });

  it.each(["*", "Team", "/.*/"])("are never heeded everywhere: %s", (pattern) => {
    expect(problem(`applicationNamespaces: ["${pattern}"]`).path).toBe("argocd.applicationNamespaces[0]");
  });

  it("are not set by hand", () => {
    expect(problem("parameters: { application.namespaces: team }")).toMatchObject({
      fix: "remove it and set argocd.applicationNamespaces",
    });
  });
});
