import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layoutOf } from "../../../lab/layout";
import { isRunning, RecordFolder } from "../../../lab/process";
import { labStatus } from "../../../lab/status";
import { DEFAULT_ARGOCD_VERSION } from "../../../model/argocd-releases";
import { ArgoCdClient } from "../support/argocd-client";
import { eventually } from "../support/eventually";
import { Story } from "../support/story";

const PROCESSES = [
  "argocd-application-controller",
  "argocd-applicationset-controller",
  "argocd-config",
  "argocd-notifications-controller",
  "argocd-redis",
  "argocd-repo-server",
  "argocd-server",
];

describe("Argo CD runs on the configuration that the program declares", { timeout: 600_000 }, () => {
  let story: Story;
  let client: ArgoCdClient;

  beforeAll(async () => {
    story = await Story.start();
  }, 600_000);
  afterAll(async () => {
    client?.dispose();
    await story?.dispose();
  });

  /** The ids of Argo CD's processes that run, by their names. */
  function pids(): Record<string, number> {
    const records = new RecordFolder(layoutOf(story.stateDir).records).list();
    const running = records.filter(({ name, identity }) => name.startsWith("argocd-") && isRunning(identity));
    return Object.fromEntries(running.map(({ name, identity }) => [name, identity.pid]));
  }

  /** A file as the process sees it. */
  const fileOf = (process: string, path: string): string =>
    readFileSync(join(`/proc/${String(pids()[process])}/root`, path), "utf8");

  const environmentOf = (process: string): string[] =>
    readFileSync(`/proc/${String(pids()[process])}/environ`, "utf8").split("\0");

  async function adminPassword(): Promise<string> {
    const { argocd } = (await story.factory.stack.outputs()) as { argocd: { adminPassword: string } };
    return argocd.adminPassword;
  }

  it("says what to do where nothing has been declared yet", async () => {
    await expect(story.run("argocd")).rejects.toThrow(/Argo CD is not in the lab's cluster.*\n.*npm start/);
    expect(pids()).toEqual({});
  });

  it("comes up with all its processes after `pulumi up`, each ready", async () => {
    await story.deploy();
    const { processes } = await labStatus(story.stateDir);
    const own = processes.filter(({ name }) => name.startsWith("argocd-"));
    expect(own.map(({ name }) => name).sort()).toEqual(PROCESSES);
    expect(own.filter(({ state }) => state !== "ready")).toEqual([]);
  });

  it("tells the client its version and lets the admin in with the stack's password", async () => {
    client = await ArgoCdClient.of(story.address("argocdServer"));
    expect(await client.must("version", "--short")).toContain(`argocd-server: ${DEFAULT_ARGOCD_VERSION}`);
    const { exitCode, stdout } = await client.login("admin", await adminPassword());
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("'admin:login' logged in successfully")]);
  });

  it("refuses a wrong password, and an anonymous user", async () => {
    const stranger = await ArgoCdClient.of(story.address("argocdServer"));
    try {
      const { exitCode, stderr } = await stranger.login("admin", "not-the-password");
      expect(exitCode).not.toBe(0);
      expect(stderr).toMatch(/Invalid username or password/);
      expect((await stranger.run("app", "list")).exitCode).not.toBe(0);
    } finally {
      stranger.dispose();
    }
  });

  it("shows the projects and Applications of the catalogue", async () => {
    expect((await client.must("proj", "list", "-o", "name")).trim().split("\n").sort()).toEqual([
      "acme-shop-dev-6293",
      "default",
      "ministere-demarches-dev-6293",
      "protobox1-docserver-dev-6293",
    ]);
    expect((await client.must("app", "list", "-o", "name")).trim().split("\n").sort()).toEqual([
      "argocd/acme-shop-dev-deploy-6293",
      "argocd/ministere-demarches-dev-api-6293",
      "argocd/ministere-demarches-dev-front-6293",
      "argocd/protobox1-docserver-dev-docserver-6293",
    ]);
  });

  it("asks the cluster's DNS, and has the declared host aliases in the two pods that need them", () => {
    const resolver = story.address("nodeLocalDns");
    expect(fileOf("argocd-repo-server", "etc/resolv.conf")).toBe(
      `nameserver ${resolver}\nsearch argocd.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n`,
    );
    const alias = `${story.address("git")}\tgit.protobox\n`;
    expect(fileOf("argocd-repo-server", "etc/hosts")).toContain(alias);
    expect(fileOf("argocd-server", "etc/hosts")).toContain(alias);
    expect(fileOf("argocd-application-controller", "etc/hosts")).not.toContain("git.protobox");
  });

  it("has the rights of its service accounts: the server may read Secrets, the repo server may not", async () => {
    const may = async (account: string): Promise<boolean> => {
      const review = {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SubjectAccessReview",
        spec: {
          user: `system:serviceaccount:argocd:${account}`,
          resourceAttributes: { namespace: "argocd", verb: "list", resource: "secrets" },
        },
      };
      const answer = await story.factory.kubectl("create -f - -o json", review);
      return (JSON.parse(answer) as { status: { allowed: boolean } }).status.allowed;
    };
    expect([await may("argocd-server"), await may("argocd-repo-server")]).toEqual([true, false]);
    // /var/run is a link to /run, which /proc would follow out of the pod.
    const token = "run/secrets/kubernetes.io/serviceaccount/token";
    expect(fileOf("argocd-server", token)).toMatch(/^ey/);
    // The repo server's pod template declines a token.
    expect(() => fileOf("argocd-repo-server", token)).toThrow(/ENOENT/);
  });

  it("keeps Redis' password, which the install's own command has made, out of records and logs", async () => {
    const secret = await story.factory.object("secret", "argocd-redis");
    const password = Buffer.from(secret.data?.["auth"] ?? "", "base64").toString();
    expect(password).toHaveLength(16);
    expect(environmentOf("argocd-server")).toContain(`REDIS_PASSWORD=${password}`);
    const { records } = layoutOf(story.stateDir);
    for (const name of PROCESSES) {
      expect(readFileSync(join(records, `${name}.json`), "utf8"), name).not.toContain(password);
      expect(story.log(name, 1_000), name).not.toContain(password);
    }
  });

  it("is left as it is by a second `pulumi up` that changes nothing", async () => {
    const before = pids();
    await story.deploy();
    expect(pids()).toEqual(before);
  });

  it("has only the repo server started anew when one of its parameters changes", async () => {
    const before = pids();
    story.factory.program.config(["argocd", "parameters"], { "reposerver.parallelism.limit": 7 });
    await story.deploy();
    const after = pids();
    expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual(["argocd-repo-server"]);
    expect(environmentOf("argocd-repo-server")).toContain("ARGOCD_REPO_SERVER_PARALLELISM_LIMIT=7");
    expect(Object.keys(after)).toEqual(Object.keys(before));
  });

  it("finds a new known host in the file that its pods mount, without any restart", async () => {
    const before = pids();
    const key = "AAAAC3NzaC1lZDI1NTE5AAAAIGDvrY1Nk3S5eaENbYiblvfnyOdiBPySnCNbRyO0gv4Q";
    const line = `git.new.example ssh-ed25519 ${key}`;
    story.factory.program.config(["argocd", "knownHosts"], [line]);
    await story.deploy();
    const file = (): string => fileOf("argocd-repo-server", "app/config/ssh/ssh_known_hosts");
    await eventually(
      () => Promise.resolve(file().includes(line) ? true : undefined),
      () => `the file is ${file()}`,
    );
    expect(pids()).toEqual(before);
  });

  it("has one controller for each shard", async () => {
    story.factory.program.config(["argocd", "workloads"], { "argocd-application-controller": { replicas: 2 } });
    await story.deploy();
    expect(Object.keys(pids())).toContain("argocd-application-controller-1");
    expect(environmentOf("argocd-application-controller-1")).toContain("HOSTNAME=argocd-application-controller-1");
    story.factory.program.config(["argocd", "workloads"], undefined);
    await story.deploy();
    expect(Object.keys(pids())).not.toContain("argocd-application-controller-1");
  });
});
