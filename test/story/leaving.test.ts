import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messages, objectChanges, succeeded } from "../engine/support/pulumi-run";
import { isDeployed } from "./support/application";
import { applicationName, type CatalogueProject, projectName, setCatalogue } from "./support/catalogue";
import { Deletions } from "./support/deletions";
import { DnsServer, QueryLoop } from "./support/dns-query";
import { eventually } from "./support/eventually";
import { GitRepository } from "./support/git-repository";
import { Kubelet } from "./support/kubelet";
import { configMap, deployment, yaml } from "./support/manifests";
import { Story } from "./support/story";

/** The projects and their repositories; each of these is a Deployment and a ConfigMap of the repository's name. */
const catalogue = { shop: ["web", "api"], docs: ["pages"], cafe: ["menu"], bank: ["ledger", "vault"] } as const;
type ProjectName = keyof typeof catalogue;

const CONTROLLER = "argocd-application-controller";
const FINALIZER = "resources-finalizer.argocd.argoproj.io";

/** Argo CD deletes what a repository has deployed before its Application is gone; nothing stands on anything gone. */
function departure(project: ProjectName): string[] {
  const [repository] = catalogue[project];
  return [
    `deployments ${repository}`,
    `applications ${applicationName(project, repository)}`,
    `appprojects ${projectName(project)}`,
    `namespaces ${projectName(project)}`,
  ];
}

/** The steps build on one another: parts of the platform leave, then all of it, and once more with workloads retained. */
describe("Leaving", { timeout: 400_000 }, () => {
  let story: Story;
  let kubelet: Kubelet;
  let namespaces: string[];
  const urls = new Map<string, string>();
  const loops: QueryLoop[] = [];

  beforeAll(async () => {
    story = await Story.start({ parts: ["git", "dnsmasq"] });
    namespaces = await allNamespaces();
    for (const name of Object.values(catalogue).flat()) {
      const image = `registry.acme.example/${name}:1.0.0`;
      const files = { "all.yaml": yaml(deployment(name, image, { replicas: 1 }), configMap(name, {})) };
      urls.set(name, (await GitRepository.create(story, `acme/${name}`, files)).url());
    }
    declare({ protect: true });
    setCatalogue(story, ...projects());
    await story.deploy();
    await deployed("shop", "docs", "cafe", "bank");
    kubelet = new Kubelet(story);
    const names = { "kubernetes.default.svc.cluster.local": "10.233.0.1", "git.protobox": story.address("git") };
    for (const host of ["clusterDns", "nodeLocalDns"] as const) {
      const server = new DnsServer(story.address(host));
      for (const [name, address] of Object.entries(names)) await server.until(name, address);
      loops.push(new QueryLoop(server, names));
    }
  }, 600_000);
  afterAll(async () => {
    await Promise.all(loops.map((loop) => loop.stop()));
    await kubelet?.stop();
    await story?.dispose();
  });

  function declare(deletion: object): void {
    story.factory.program.config(["deletion"], deletion);
  }

  /** The catalogue's projects, with `changes` by name; `undefined` leaves one out. */
  function projects(changes: Partial<Record<ProjectName, object | undefined>> = {}): CatalogueProject[] {
    return (Object.keys(catalogue) as ProjectName[]).flatMap((name) => {
      if (name in changes && changes[name] === undefined) return [];
      const repositories = catalogue[name].map((repository) => repositoryOf(repository));
      return [{ name, repositories, ...changes[name] }];
    });
  }

  function repositoryOf(name: string): object {
    return { name, url: urls.get(name), kind: "manifests" };
  }

  async function deployed(...names: readonly ProjectName[]): Promise<void> {
    for (const name of names) {
      for (const repository of catalogue[name]) {
        await story.untilApplication(applicationName(name, repository), isDeployed);
      }
    }
  }

  async function allNamespaces(): Promise<string[]> {
    return (await story.factory.list("namespaces")).map(({ metadata }) => metadata.name).sort();
  }

  /** What of a project's first repository is in the cluster: how many pods of its Deployment are available. */
  async function running(project: ProjectName): Promise<unknown> {
    const [repository] = catalogue[project];
    const found = await story.get(`/apis/apps/v1/namespaces/${projectName(project)}/deployments/${repository}`);
    return (found as { status?: { availableReplicas?: number } } | undefined)?.status?.availableReplicas;
  }

  it("is refused to a project that is protected, as production is, and its workloads run on", async () => {
    setCatalogue(story, ...projects({ cafe: undefined }));
    const run = await story.factory.stack.up();
    expect(run.exitCode).not.toBe(0);
    expect(run.stdout + run.stderr).toMatch(/resource ".*acme-cafe-.*" cannot be deleted\s+because it is protected/);
    expect(await story.application(applicationName("cafe", "menu"))).not.toHaveProperty("metadata.deletionTimestamp");
    expect(await running("cafe")).toBe(1);
  });

  it("is free once the config says so while the project is still in the catalogue, which changes no object", async () => {
    declare({ protect: false, timeoutSeconds: 10 });
    setCatalogue(story, ...projects());
    expect(objectChanges(await succeeded(story.factory.stack.up()))).toEqual([]);
  });

  describe("of a repository, an environment and a project, in one merge request", () => {
    let deletions: Deletions;
    beforeAll(async () => {
      const known = [...departure("docs"), ...departure("cafe"), "configmaps api"];
      deletions = await Deletions.watch(story.factory.cluster, known);
      setCatalogue(
        story,
        ...projects({
          shop: { repositories: [repositoryOf("web")] },
          docs: { environments: ["staging"] },
          cafe: undefined,
        }),
      );
      await story.deploy();
    });
    afterAll(() => {
      deletions?.stop();
    });

    it("a repository takes with it what it has deployed, and nothing of its neighbours", async () => {
      const gone = ["configmaps api", `applications ${applicationName("shop", "api")}`];
      expect(await deletions.order(...gone)).toEqual(gone);
      await story.refresh(applicationName("shop", "web"));
      await story.untilApplication(applicationName("shop", "web"), isDeployed);
      expect(await running("shop")).toBe(1);
      expect(deletions.has(`appprojects ${projectName("shop")}`)).toBe(false);
    });

    it.each([
      ["an environment that a project no longer names", "docs"],
      ["a project whose file is gone", "cafe"],
    ] as const)("%s goes with its namespace: workloads, Application, AppProject, namespace", async (_, project) => {
      const order = departure(project);
      expect(await deletions.order(...order)).toEqual(order);
    });

    it("no namespace is left but those of the projects that stay, and none of these hangs", async () => {
      const left = await story.factory.list("namespaces");
      const own = ["argocd", projectName("bank"), projectName("shop")];
      expect(left.map(({ metadata }) => metadata.name).sort()).toEqual([...namespaces, ...own].sort());
      expect(left.map(({ status }) => status?.["phase"])).toEqual(left.map(() => "Active"));
      await deployed("bank");
    });
  });

  it("ends with a readable error within the time that was set, where Argo CD's controller does not run", async () => {
    await story.factory.kubectl(`scale statefulset ${CONTROLLER} -n argocd --replicas=0`);
    await eventually(
      () => Promise.resolve(kubelet.ended.includes(CONTROLLER) ? true : undefined),
      () => "the controller still runs",
    );
    const run = await story.factory.stack.destroy();
    expect(run.exitCode).not.toBe(0);
    const waiting = [
      applicationName("shop", "web"),
      applicationName("bank", "ledger"),
      applicationName("bank", "vault"),
    ];
    expect(run.failed.map(({ op, type }) => `${op} ${type.split(":").at(-1) ?? ""}`)).toEqual(
      waiting.map(() => "delete Application"),
    );
    for (const name of waiting) expect(messages(run, "error")).toContain(name);
    expect(messages(run, "error")).toContain(FINALIZER);
    expect(messages(run, "error")).toContain("still exists after 10 s");
  });

  it("and then nothing that the Applications need has gone: neither Argo CD nor a namespace nor a workload", async () => {
    for (const project of ["shop", "bank"] as const) {
      expect(await running(project)).toBe(1);
      const [repository] = catalogue[project];
      const application = await story.application(applicationName(project, repository));
      expect(application?.metadata.deletionTimestamp).toBeDefined();
      expect(
        await story.get(`/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects/${projectName(project)}`),
      ).toBeDefined();
    }
    expect(await story.get(`/apis/apps/v1/namespaces/argocd/statefulsets/${CONTROLLER}`)).toBeDefined();
  });

  it("is granted without the controller by hand, or by taking the finalizers out of the config", async () => {
    const [byHand, byConfig] = [applicationName("bank", "ledger"), applicationName("bank", "vault")];
    const finalizers = '{"metadata":{"finalizers":null}}';
    await story.factory.kubectl(["patch", "application", byHand, "-n", "argocd", "--type=merge", "-p", finalizers]);
    declare({ protect: false, workloads: "orphan" });
    await succeeded(story.factory.stack.up("--target", `**::${projectName("bank")}-application-vault`));
    for (const name of [byHand, byConfig]) expect(await story.application(name)).toBeUndefined();
  });

  it("is completed by the next `pulumi destroy` once the controller runs again", async () => {
    const known = [...departure("shop"), `deployments argocd-server`, `statefulsets ${CONTROLLER}`];
    const deletions = await Deletions.watch(story.factory.cluster, known);
    try {
      await story.factory.kubectl(`scale statefulset ${CONTROLLER} -n argocd --replicas=1`);
      await story.factory.kubectl(`rollout status statefulset ${CONTROLLER} -n argocd --timeout=60s`);
      await story.run("argocd");
      await succeeded(story.factory.stack.destroy());
      const order = [...departure("shop"), `statefulsets ${CONTROLLER}`, "namespaces argocd"];
      expect(await deletions.order(...order)).toEqual(order);
    } finally {
      deletions.stop();
    }
  });

  it("leaves no namespace behind, and no process of Argo CD", async () => {
    expect(await allNamespaces()).toEqual(namespaces);
    await eventually(
      () => Promise.resolve(kubelet.ended.includes("argocd-server") ? true : undefined),
      () => `of Argo CD there ended ${kubelet.ended.join(", ")}`,
    );
    expect(await story.factory.stack.resources()).toEqual([]);
  });

  it("leaves the projects' namespaces with all that runs in them where workloads are retained", async () => {
    declare({ workloads: "retain" });
    await story.deploy();
    await deployed("bank");
    await story.untilApplication(applicationName("shop", "web"), isDeployed);
    await succeeded(story.factory.stack.destroy());
    expect(await allNamespaces()).toEqual([...namespaces, projectName("bank"), projectName("shop")].sort());
    expect([await running("shop"), await running("bank")]).toEqual([1, 1]);
    const definitions = (await story.factory.list("customresourcedefinitions")).map(({ metadata }) => metadata.name);
    expect(definitions.filter((name) => name.endsWith("argoproj.io"))).toEqual([]);
  });

  it("never took an answer away from those who asked for the cluster's names, or for private ones", async () => {
    const counts = await Promise.all(loops.map((loop) => loop.stop()));
    for (const { asked, failures } of counts) {
      expect(failures).toEqual([]);
      expect(asked).toBeGreaterThan(1000);
    }
    for (const name of ["coredns", "nodelocaldns"])
      expect(await story.factory.corefile(name)).toContain("protobox:53 {");
  });
});
