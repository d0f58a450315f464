import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messages } from "../../engine/support/pulumi-run";
import {
  type Application,
  applicationPath,
  conditionsOf,
  describeApplication,
  isDeployed,
} from "../support/application";
import { ArgoCdClient } from "../support/argocd-client";
import { applicationName, projectName, setCatalogue } from "../support/catalogue";
import { eventually } from "../support/eventually";
import { GitRepository } from "../support/git-repository";
import { configMap, deployment, yaml } from "../support/manifests";
import { Story } from "../support/story";

const always = { schedule: "* * * * *", duration: "1h" };
/** A minute half a year away. */
const another = { schedule: `0 0 1 ${String(((new Date().getMonth() + 6) % 12) + 1)} *`, duration: "1m" };

/** The repositories that have a window each. */
const WINDOWS = ["denied", "by-hand", "allowed", "later"];

const cronJob = {
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata: { name: "nightly" },
  spec: {
    schedule: "0 3 * * *",
    jobTemplate: {
      spec: { template: { spec: { restartPolicy: "Never", containers: [{ name: "job", image: "job" }] } } },
    },
  },
};

describe("Argo CD heeds what the platform says about Applications", { timeout: 300_000 }, () => {
  let story: Story;
  let client: ArgoCdClient;
  let sample: GitRepository;
  let apps: GitRepository;

  beforeAll(async () => {
    story = await Story.start({ parts: ["git"] });
    sample = await GitRepository.create(story, "acme/sample", {
      ...Object.fromEntries(WINDOWS.map((name) => [`${name}/config.yaml`, yaml(configMap(name, { from: "Git" }))])),
      "web/web.yaml": yaml(deployment("web", "registry.acme.example/web:1.0.0"), cronJob),
    });
    apps = await GitRepository.create(story, "own/apps", {
      "apps/child.yaml": yaml(application("child", projectName("own"))),
      "child/config.yaml": yaml(configMap("child", { from: "Git" })),
    });
    catalogue("deny");
    const { program, stack } = story.factory;
    program.config(["projects"], { ownApplications: true });
    program.config(["argocd", "resources"], {
      exclusions: [
        { apiGroups: ["batch"], kinds: ["CronJob"] },
        { apiGroups: ["apps"], kinds: ["ReplicaSet"] },
      ],
    });
    await story.deploy();
    client = await ArgoCdClient.of(story.address("argocdServer"));
    const { argocd } = (await stack.outputs()) as { argocd: { adminPassword: string } };
    expect((await client.login("admin", argocd.adminPassword)).exitCode).toBe(0);
  }, 600_000);
  afterAll(async () => {
    client?.dispose();
    await story?.dispose();
  });

  /** @param kind of the window of the repository `denied` */
  function catalogue(kind: "allow" | "deny"): void {
    const from = (name: string) => ({ name, url: sample.url(), kind: "manifests", path: name });
    setCatalogue(
      story,
      { name: "web", repositories: [from("web")] },
      {
        name: "shop",
        syncWindows: [
          { kind, ...always, applications: ["denied"] },
          { kind: "deny", ...always, applications: ["by-hand"], manualSync: true },
          { kind: "allow", ...always, applications: ["allowed"] },
          { kind: "allow", ...another, applications: ["later"] },
        ],
        repositories: WINDOWS.map(from),
      },
      {
        name: "own",
        ownApplications: true,
        repositories: [{ name: "apps", url: apps.url(), kind: "manifests", path: "apps" }],
      },
    );
  }

  /** An Application of a project's own, into its own namespace. */
  function application(name: string, project: string, namespace = projectName("own")) {
    return {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: { name, namespace },
      spec: {
        project,
        source: { repoURL: "http://git.protobox/own/apps.git", path: "child", targetRevision: "HEAD" },
        destination: { server: "https://kubernetes.default.svc", namespace },
        syncPolicy: { automated: {} },
      },
    };
  }

  /** The kinds that Argo CD shows below an Application. */
  async function kindsOf(name: string): Promise<string[]> {
    const tree = await client.must("app", "get", name, "--output", "tree");
    return [...new Set([...tree.matchAll(/\b([A-Z][A-Za-z]+)\/[a-z]/g)].map(([, kind = ""]) => kind))].sort();
  }

  /** Waits until an Application outside Argo CD's own namespace is as wanted. */
  const untilOwn = (namespace: string, name: string, wanted: (found: Application) => boolean): Promise<Application> =>
    eventually(
      async () => {
        const found = (await story.get(applicationPath(name, namespace))) as Application | undefined;
        return found !== undefined && wanted(found) ? found : undefined;
      },
      async () =>
        `${name} is ${describeApplication((await story.get(applicationPath(name, namespace))) as Application)}`,
      120_000,
    );

  const untilPrevented = (name: string): Promise<true> =>
    eventually(
      () => {
        const lines = story.log("argocd-application-controller", 2_000).split("\n");
        const told = lines.some((line) => line.includes("Sync prevented by sync window") && line.includes(name));
        return Promise.resolve(told ? true : undefined);
      },
      async () => `${name} is ${describeApplication(await story.application(name))}`,
      120_000,
    );

  describe("resource exclusions", () => {
    const WEB = applicationName("web", "web");

    it("keep a kind out of the cluster, and the Application says so", async () => {
      const found = await story.untilApplication(WEB, isDeployed);
      expect(conditionsOf(found)).toContain(
        "ExcludedResourceWarning: Resource batch/CronJob nightly is excluded in the settings",
      );
      expect(await story.factory.list("cronjobs", "-n", projectName("web"))).toEqual([]);
    });

    it("keep a kind, and what lies below it, out of the tree that people see", async () => {
      expect(await story.factory.list("replicasets", "-n", projectName("web"))).toHaveLength(1);
      expect(await kindsOf(WEB)).toEqual(["Deployment"]);
    });
  });

  describe("sync windows", () => {
    const name = (repository: string): string => applicationName("shop", repository);

    it("keep Argo CD from synchronising while a deny window is open, or no allow window is", async () => {
      for (const repository of ["denied", "by-hand", "later"]) await untilPrevented(name(repository));
      for (const repository of ["denied", "by-hand", "later"]) {
        expect((await story.application(name(repository)))?.status?.operationState).toBeUndefined();
      }
    });

    it("let it where an allow window is open", async () => {
      await story.untilApplication(name("allowed"), isDeployed);
    });

    it.each(["denied", "later"])("refuse to people too what is %s", async (repository) => {
      const { exitCode, stderr } = await client.run("app", "sync", name(repository));
      expect(exitCode).not.toBe(0);
      expect(stderr).toContain("cannot sync: blocked by sync window");
    });

    it("let people synchronise by hand where the window says so", async () => {
      await client.must("app", "sync", name("by-hand"));
      await story.untilApplication(name("by-hand"), isDeployed);
    });

    it("are shown with each Application", async () => {
      const shown = async (repository: string): Promise<string[]> =>
        (await client.must("app", "get", name(repository)))
          .split("\n")
          .filter((line) => /^(SyncWindow|Assigned Windows):/.test(line))
          .map((line) => line.replace(/^.*?: +/, ""));
      expect(await shown("denied")).toEqual(["Sync Denied", "deny:* * * * *:1h"]);
      expect(await shown("by-hand")).toEqual(["Manual Allowed", "deny:* * * * *:1h"]);
      expect(await shown("allowed")).toEqual(["Sync Allowed", "allow:* * * * *:1h"]);
      expect(await shown("later")).toEqual(["Sync Denied", `allow:${another.schedule}:1m`]);
    });
  });

  describe("Applications in projects' namespaces", () => {
    const [OWN, SHOP] = [projectName("own"), projectName("shop")];

    it("are heeded where the project has ownApplications", async () => {
      await untilOwn(OWN, "child", isDeployed);
      expect((await story.factory.object("configmap", "child", OWN)).data).toEqual({ from: "Git" });
      expect(await client.must("app", "get", `${OWN}/child`, "-o", "json")).toContain('"name": "child"');
    });

    it("are refused where they name another project", async () => {
      await apps.commit({ "apps/stranger.yaml": yaml(application("stranger", SHOP)) });
      await story.refresh(applicationName("own", "apps"));
      const found = await untilOwn(OWN, "stranger", (stranger) => conditionsOf(stranger) !== "");
      expect(conditionsOf(found)).toContain(`in namespace '${OWN}' is not permitted to use project '${SHOP}'`);
    });

    it("are not looked at in the namespace of a project without", async () => {
      await story.factory.kubectl("apply -f -", application("stray", SHOP, SHOP));
      // Argo CD has worked off what came after it.
      await apps.commit({ "apps/later.yaml": yaml(application("later", OWN)) });
      await story.refresh(applicationName("own", "apps"));
      await untilOwn(OWN, "later", ({ status }) => status?.reconciledAt !== undefined);
      const stray = (await story.get(applicationPath("stray", SHOP))) as Application;
      expect(stray.status).toBeUndefined();
      const { exitCode, stderr } = await client.run("app", "get", `${SHOP}/stray`);
      expect(exitCode).not.toBe(0);
      expect(stderr).toMatch(/permission denied|not permitted|not found/i);
    });
  });

  it("shows, applies and synchronises what was kept out, once it is no longer excluded nor denied", async () => {
    const { program } = story.factory;
    program.config(["argocd", "resources"], undefined);
    catalogue("allow");
    await story.deploy();
    await story.refresh(applicationName("shop", "denied"));
    await story.untilApplication(applicationName("shop", "denied"), isDeployed);
    const web = applicationName("web", "web");
    await story.refresh(web);
    await story.untilApplication(web, (found) => isDeployed(found) && !/Excluded/.test(conditionsOf(found)));
    await eventually(
      async () => ((await kindsOf(web)).join() === "CronJob,Deployment,Pod,ReplicaSet" ? true : undefined),
      () => client.must("app", "get", web, "--output", "tree"),
    );
    expect(await story.factory.list("cronjobs", "-n", projectName("web"))).toHaveLength(1);
  });

  it("refuses before anything changes what Argo CD would take and not heed", async () => {
    const { program, stack } = story.factory;
    program.config(["projects"], undefined);
    program.config(["argocd", "resources"], { exclusions: [{ kinds: ["CronJob"], clusters: ["in-cluster"] }] });
    const run = await stack.up();
    expect(run.exitCode).not.toBe(0);
    expect(messages(run, "error")).toMatch(/exclusions\[0\]\.clusters\[0\]: .*own cluster cannot be named/);
    expect(messages(run, "error")).toMatch(/own\.yaml:.* ownApplications: /);
  });
});
