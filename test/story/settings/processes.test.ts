import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layoutOf } from "../../../lab/layout";
import { DEFAULT_ARGOCD_VERSION } from "../../../model/argocd-releases";
import { messages } from "../../engine/support/pulumi-run";
import { conditionsOf, isDeployed } from "../support/application";
import { ArgoCdClient } from "../support/argocd-client";
import { applicationName, projectName, setCatalogue } from "../support/catalogue";
import { eventually } from "../support/eventually";
import { GitRepository } from "../support/git-repository";
import { environmentOf } from "../support/lab-processes";
import { configMap, kustomization, yaml } from "../support/manifests";
import { chosenBy, serviceMonitorDefinition } from "../support/service-monitors";
import { setSecrets } from "../support/stack-secrets";
import { Story } from "../support/story";

const CONTROLLER = "argocd-application-controller";
const SHARDS = [CONTROLLER, `${CONTROLLER}-1`];
const [HERE, TWIN, SLOW] = ["here", "twin", "slow"].map((project) => applicationName(project, "deploy")) as [
  string,
  string,
  string,
];

describe("Argo CD's processes run as the platform tunes them", { timeout: 300_000 }, () => {
  let story: Story;
  let client: ArgoCdClient;
  let here: GitRepository;
  let slow: GitRepository;
  let lateServer: Server;
  /** Whether the server answers that a kustomization takes an object from. */
  let isLate = true;

  beforeAll(async () => {
    story = await Story.start({ parts: ["git"] });
    lateServer = createServer((_, response) => {
      if (!isLate) response.end(yaml(configMap("slow", { from: "a slow server" })));
    });
    await new Promise<void>((resolve) => lateServer.listen(0, "127.0.0.1", resolve));
    const remote = `http://127.0.0.1:${String((lateServer.address() as AddressInfo).port)}/slow.yaml`;
    here = await GitRepository.create(story, "here/deploy", { "config.yaml": yaml(configMap("here", { round: "1" })) });
    slow = await GitRepository.create(story, "slow/deploy", {
      "kustomization.yaml": kustomization({ resources: [remote] }),
    });
    const { program, stack, lab, cluster } = story.factory;
    // The same cluster once more, by another address: Argo CD takes it for a second one.
    await setSecrets(stack, { twin: { value: readFileSync(cluster.kubeconfig, "utf8") } });
    program.config(["clusters"], { twin: { server: lab.server, kubeconfig: "twin" } });
    setCatalogue(
      story,
      { name: "here", repositories: [{ name: "deploy", url: here.url(), kind: "manifests" }] },
      { name: "twin", cluster: "twin", repositories: [{ name: "deploy", url: here.url(), kind: "manifests" }] },
      { name: "slow", repositories: [{ name: "deploy", url: slow.url(), kind: "kustomize" }] },
    );
    program.config(["argocd", "tuning"], {
      repoServer: { parallelism: 3, execTimeout: "15s", gitTimeout: "14s" },
      controller: {
        statusProcessors: 4,
        operationProcessors: 2,
        kubectlParallelism: 5,
        reconciliation: { timeout: "5s", jitter: "1s" },
        sharding: { replicas: 2, algorithm: "round-robin" },
      },
    });
    program.config(["argocd", "metrics"], { by: "annotations" });
    program.config(["argocd", "parameters"], { "server.log.format": "json" });
    program.config(["argocd", "rbac"], {
      adminGroups: ["platform"],
      policies: ["p, role:auditor, applications, get, */*, allow", "g, auditors, role:auditor"],
    });
    await story.deploy();
    client = await ArgoCdClient.of(story.address("argocdServer"));
  }, 600_000);
  afterAll(async () => {
    client?.dispose();
    lateServer?.closeAllConnections();
    lateServer?.close();
    await story?.dispose();
  });

  /** Where the lab serves the metrics of a Service's pods. */
  function metricsAddress(service: string): string {
    const moved = join(layoutOf(story.stateDir).parts, "argocd", "metrics-ports.json");
    const ports = JSON.parse(readFileSync(moved, "utf8")) as Record<string, number>;
    const open = (process: string): string => `127.0.0.1:${String(ports[process])}`;
    const addresses: Record<string, string> = {
      "argocd-applicationset-controller": `${story.address("argocdApplicationSet")}:8080`,
      "argocd-metrics": open(CONTROLLER),
      "argocd-metrics-1": open(`${CONTROLLER}-1`),
      "argocd-notifications-controller-metrics": open("argocd-notifications-controller"),
      "argocd-repo-server": `${story.address("argocdRepoServer")}:8084`,
      "argocd-server-metrics": `${story.address("argocdServer")}:8083`,
    };
    return addresses[service] ?? "";
  }

  async function metrics(service: string): Promise<string> {
    return (await fetch(`http://${metricsAddress(service)}/metrics`)).text();
  }

  /** The values of a label in the samples of a metric. */
  async function labels(service: string, metric: string, label: string): Promise<string[]> {
    const samples = (await metrics(service)).split("\n").filter((line) => line.startsWith(`${metric}{`));
    return samples.map((line) => new RegExp(`[{,]${label}="([^"]*)"`).exec(line)?.[1] ?? "").sort();
  }

  const deployedTo = async (project: string, name: string): Promise<unknown> =>
    (await story.factory.object("configmap", name, projectName(project))).data;

  it("each with the declared numbers in its environment", () => {
    expect(environmentOf(story, "argocd-repo-server")).toMatchObject({
      ARGOCD_REPO_SERVER_PARALLELISM_LIMIT: "3",
      ARGOCD_EXEC_TIMEOUT: "15s",
      ARGOCD_GIT_REQUEST_TIMEOUT: "14s",
    });
    expect(environmentOf(story, "argocd-server")).toMatchObject({
      ARGOCD_SERVER_REPO_SERVER_TIMEOUT_SECONDS: "60",
      ARGOCD_SERVER_LOGFORMAT: "json",
    });
    for (const shard of SHARDS) {
      expect(environmentOf(story, shard)).toMatchObject({
        ARGOCD_APPLICATION_CONTROLLER_STATUS_PROCESSORS: "4",
        ARGOCD_APPLICATION_CONTROLLER_OPERATION_PROCESSORS: "2",
        ARGOCD_APPLICATION_CONTROLLER_KUBECTL_PARALLELISM_LIMIT: "5",
        ARGOCD_APPLICATION_CONTROLLER_REPO_SERVER_TIMEOUT_SECONDS: "60",
        ARGOCD_RECONCILIATION_TIMEOUT: "5s",
        ARGOCD_CONTROLLER_SHARDING_ALGORITHM: "round-robin",
        ARGOCD_CONTROLLER_REPLICAS: "2",
      });
      expect(story.log(shard, 2_000)).toContain("appResyncPeriod=5s, appHardResyncPeriod=0s, appResyncJitter=1s");
    }
    expect(story.log("argocd-server", 2_000)).toMatch(/^\{.*"level":"info"/m);
  });

  it("one controller for each cluster, which has the Applications of that cluster alone", async () => {
    await Promise.all([HERE, TWIN].map((name) => story.untilApplication(name, isDeployed)));
    expect(await deployedTo("twin", "here")).toEqual({ round: "1" });
    const shown = (service: string): Promise<string[][]> =>
      Promise.all([labels(service, "argocd_cluster_info", "server"), labels(service, "argocd_app_info", "name")]);
    const wanted = [
      [["https://kubernetes.default.svc"], [HERE, SLOW].sort()],
      [[story.factory.lab.server], [TWIN]],
    ];
    await eventually(
      async () => {
        const found = await Promise.all([shown("argocd-metrics"), shown("argocd-metrics-1")]);
        return JSON.stringify(found) === JSON.stringify(wanted) ? true : undefined;
      },
      async () =>
        `the metrics show ${JSON.stringify([await shown("argocd-metrics"), await shown("argocd-metrics-1")])}`,
    );
  });

  it("asks Git again as often as the platform wants", async () => {
    await here.commit({ "config.yaml": yaml(configMap("here", { round: "2" })) });
    const commit = await here.head();
    await story.untilApplication(
      HERE,
      ({ status }) => status?.sync?.revision === commit && status.sync.status === "Synced",
    );
    expect(await deployedTo("here", "here")).toEqual({ round: "2" });
  });

  it("stops what runs for longer than it may, says so, and deploys once it is in time", async () => {
    await story.refresh(SLOW);
    const found = await story.untilApplication(SLOW, (slow) => conditionsOf(slow).includes("timeout"), 180_000);
    expect(conditionsOf(found)).toMatch(/ComparisonError: .*kustomize build .* failed timeout after 15s/);
    isLate = false;
    lateServer.closeAllConnections();
    await story.refresh(SLOW);
    await story.untilApplication(SLOW, isDeployed);
    expect(await deployedTo("slow", "slow")).toEqual({ from: "a slow server" });
  });

  it("with metrics at the ports that the annotations of the Services name", async () => {
    const services = await story.factory.list("services", "-n", "argocd");
    const annotated = services.filter(({ metadata }) => metadata.annotations?.["prometheus.io/scrape"] === "true");
    expect(annotated.map(({ metadata }) => [metadata.name, metadata.annotations?.["prometheus.io/port"]])).toEqual([
      ["argocd-applicationset-controller", "8080"],
      ["argocd-dex-server", "5558"],
      ["argocd-metrics", "8082"],
      ["argocd-notifications-controller-metrics", "9001"],
      ["argocd-repo-server", "8084"],
      ["argocd-server-metrics", "8083"],
    ]);
    // Dex does not run in a lab.
    const running = annotated.filter(({ metadata }) => metadata.name !== "argocd-dex-server");
    for (const { metadata } of running) expect(await metrics(metadata.name), metadata.name).toMatch(/^go_info\{/m);
    expect(await labels("argocd-server-metrics", "argocd_info", "version")).toEqual([
      expect.stringContaining(DEFAULT_ARGOCD_VERSION),
    ]);
    expect(await labels("argocd-repo-server", "argocd_git_request_total", "repo")).toContain(here.url());
  });

  it("with rights that Argo CD's own judge finds in the live ConfigMap", async () => {
    const rbac = ["admin", "settings", "rbac"];
    const live = ["--namespace", "argocd", "--kubeconfig", story.factory.cluster.kubeconfig];
    expect(await client.must(...rbac, "validate", ...live)).toMatch(/Policy is valid/);
    const can = async (...what: string[]): Promise<string> =>
      (await client.run(...rbac, "can", ...what, ...live)).stdout.trim();
    expect(await can("auditors", "get", "applications", "any/any")).toBe("Yes");
    expect(await can("auditors", "sync", "applications", "any/any")).toBe("No");
    expect(await can("platform", "delete", "applications", "any/any")).toBe("Yes");
    expect(await can("somebody", "get", "applications", "any/any")).toBe("No");
  });

  it("where it refuses a policy that its judge refuses", async () => {
    const policy = "p, role:auditor, application, get, */*, allow";
    const file = join(story.stateDir, "policy.csv");
    writeFileSync(file, `${policy}\n`);
    expect((await client.run("admin", "settings", "rbac", "validate", "--policy-file", file)).exitCode).not.toBe(0);
    const { program, stack } = story.factory;
    program.config(["argocd", "rbac", "policies", 0], policy);
    const run = await stack.up();
    expect(run.exitCode).not.toBe(0);
    expect(messages(run, "error")).toMatch(/argocd\.rbac\.policies\[0\]/);
    program.config(["argocd", "rbac"], undefined);
  });

  describe("with ServiceMonitors", () => {
    it("says what is missing where the cluster does not know their kind", async () => {
      story.factory.program.config(["argocd", "metrics"], { by: "serviceMonitors", labels: { release: "prometheus" } });
      const run = await story.factory.stack.up();
      expect(run.exitCode).not.toBe(0);
      expect(messages(run, "error")).toMatch(/kind "ServiceMonitor" in version "monitoring\.coreos\.com\/v1"/);
    });

    it("each of which chooses one Service and its port for metrics", async () => {
      await story.factory.kubectl("create -f -", serviceMonitorDefinition);
      await story.factory.kubectl("wait --for=condition=Established crd/servicemonitors.monitoring.coreos.com");
      await story.deploy();
      const monitors = await story.factory.list("servicemonitors", "-n", "argocd", "-l", "release=prometheus");
      const services = await story.factory.list("services", "-n", "argocd");
      expect(monitors.map((monitor) => chosenBy(monitor, services))).toEqual([
        ["argocd-applicationset-controller", "8080"],
        ["argocd-dex-server", "5558"],
        ["argocd-metrics", "8082"],
        ["argocd-notifications-controller-metrics", "9001"],
        ["argocd-repo-server", "8084"],
        ["argocd-server-metrics", "8083"],
      ]);
      const annotated = services.filter(({ metadata }) => metadata.annotations?.["prometheus.io/scrape"] !== undefined);
      expect(annotated).toEqual([]);
    });
  });
});
