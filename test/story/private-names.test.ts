import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import type { Installer } from "../../lab/fixtures/installers";
import { layoutOf } from "../../lab/layout";
import type { LabHost } from "../../lab/network/lab-network";
import { RecordFolder, stopProcess } from "../../lab/process";
import { conditionsOf, isDeployed } from "./support/application";
import { addName } from "./support/dnsmasq-names";
import { DnsServer } from "./support/dns-query";
import { GitRepository } from "./support/git-repository";
import { configMap, kustomization, yaml } from "./support/manifests";
import { Story } from "./support/story";

/** The Application of the documents, in a project of its own. */
const application = "protobox1-docserver-dev-docserver-6293";
const path = "gitlab/protobox1/docserver";

const dnsmasq = { zone: "protobox", to: ["10.0.0.53:53"] };
const consul = { zone: "service.consul", to: ["10.0.0.54:8600"] };

/** The story on a cluster, and what its tests do. */
class PrivateNames {
  private constructor(
    readonly story: Story,
    /** Whom the cluster's pods ask. */
    private readonly resolver: LabHost,
  ) {}

  static async start(installer: Installer, resolver: LabHost): Promise<PrivateNames> {
    const story = await Story.start({ parts: ["dns", "dnsmasq", "consul", "git"], installer });
    const names = new PrivateNames(story, resolver);
    const repository = await GitRepository.create(story, path, {
      "factory/CD/base/kustomization.yaml": kustomization({ resources: ["documents.yaml"] }),
      "factory/CD/base/documents.yaml": yaml(configMap("documents", { from: "the private Git server" })),
    });
    await repository.branch("CD");
    story.factory.program.remove("catalog");
    names.readFrom("git.protobox");
    story.factory.program.config(["argocd", "hostAliases"], undefined);
    return names;
  }

  /** The catalogue: one project whose repository lies at this host. */
  readFrom(host: string): void {
    const repository = { name: "docserver", url: `http://${host}/${path}.git`, kind: "kustomize" };
    const place = { revision: "CD", path: "factory/CD/base" };
    this.story.factory.program.write(
      "catalog/protobox1/docserver.yaml",
      stringify({
        organisation: "protobox1",
        name: "docserver",
        environments: ["dev"],
        repositories: [{ ...repository, ...place }],
      }),
    );
  }

  /** `pulumi up` with these forwards in the stack's config. */
  async forward(forwards: readonly object[] | undefined, targets?: readonly string[]): Promise<void> {
    this.story.factory.program.config(["dns"], forwards && { forwards, ...(targets && { targets }) });
    await this.story.deploy();
  }

  /** A DNS server of the lab; by default the one that pods ask. */
  dns(host: LabHost = this.resolver): DnsServer {
    return new DnsServer(this.story.address(host));
  }

  /** Waits until pods find the Git server by a name, which takes a reload of CoreDNS. */
  async untilFound(name: string): Promise<void> {
    await this.dns().until(name, this.story.address("git"));
  }

  /** Has Argo CD look anew, and gives back what the Application says of it. */
  async complaint(): Promise<string> {
    await this.story.lookAnew(application);
    return conditionsOf(await this.story.untilApplication(application, (found) => conditionsOf(found) !== ""));
  }

  /** Has Argo CD look anew, and waits until the Application is Synced and Healthy and what it deploys is there. */
  async untilDeployed(): Promise<void> {
    await this.story.refresh(application);
    await this.story.untilApplication(application, (found) => isDeployed(found) && conditionsOf(found) === "");
    expect(await this.story.get("/api/v1/namespaces/protobox1-docserver-dev-6293/configmaps/documents")).toBeDefined();
  }

  /** The message of the documents, for a name. */
  noSuchHost(name: string): string {
    return `dial tcp: lookup ${name} on ${this.story.address(this.resolver)}:53: no such host`;
  }

  /** The file `/etc/hosts` as a process of Argo CD sees it. */
  hostsOf(process: string): string {
    const record = new RecordFolder(layoutOf(this.story.stateDir).records).find(process);
    return readFileSync(`/proc/${String(record?.identity.pid)}/root/etc/hosts`, "utf8");
  }

  async stop(process: string): Promise<void> {
    const record = new RecordFolder(layoutOf(this.story.stateDir).records).find(process);
    if (record !== undefined) await stopProcess(record.identity);
  }
}

describe("private Git names on a cluster whose pods ask CoreDNS", { timeout: 300_000 }, () => {
  let names: PrivateNames;
  beforeAll(async () => {
    names = await PrivateNames.start("kubeadm", "clusterDns");
  }, 600_000);
  afterAll(() => names?.story.dispose());

  it("are not found before the patch: the Application says so in the words of the document", async () => {
    await names.forward(undefined);
    expect(await names.complaint()).toContain(names.noSuchHost("git.protobox"));
  });

  it("are not found by a block of the document's own zone name, which git.protobox does not lie in", async () => {
    addName(names.story.stateDir, "known.dnsmasq", names.story.address("git"));
    await names.forward([{ ...dnsmasq, zone: "dnsmasq" }]);
    await names.untilFound("known.dnsmasq");
    expect(await names.complaint()).toContain(names.noSuchHost("git.protobox"));
  });

  it("are found after `pulumi up` with a forward to dnsmasq: Synced and Healthy", async () => {
    await names.forward([dnsmasq]);
    await names.untilFound("git.protobox");
    await names.untilDeployed();
  });

  it("are missed while dnsmasq is down, which the Application tells apart from a name that does not exist", async () => {
    await names.stop("dnsmasq");
    await names.dns().until("git.protobox", "ESERVFAIL");
    const complaint = await names.complaint();
    expect(complaint).toMatch(/lookup git\.protobox on \S+: server misbehaving/);
    expect(complaint).not.toContain("no such host");
    await names.story.run("dnsmasq");
    await names.untilFound("git.protobox");
    await names.untilDeployed();
  });

  it("are found through Consul, by the name of its service", async () => {
    names.readFrom("git.service.consul");
    await names.forward([dnsmasq]);
    expect(await names.complaint()).toContain(names.noSuchHost("git.service.consul"));
    await names.forward([dnsmasq, consul]);
    await names.untilFound("git.service.consul");
    await names.untilDeployed();
  });
});

describe("private Git names on a cluster whose pods ask NodeLocal DNS", { timeout: 300_000 }, () => {
  let names: PrivateNames;
  beforeAll(async () => {
    names = await PrivateNames.start("kubespray", "nodeLocalDns");
  }, 600_000);
  afterAll(() => names?.story.dispose());

  it("are not found by a forward in `coredns` alone, which no pod asks for them", async () => {
    await names.forward([dnsmasq], ["coredns"]);
    await names.dns("clusterDns").until("git.protobox", names.story.address("git"));
    expect(await names.complaint()).toContain(names.noSuchHost("git.protobox"));
  });

  it("are found once the forward is in `nodelocaldns` too", async () => {
    await names.forward([dnsmasq], ["coredns", "nodelocaldns"]);
    await names.untilFound("git.protobox");
    await names.untilDeployed();
  });

  it("are gone again when the forwards are taken out of the config", async () => {
    await names.forward([], ["coredns", "nodelocaldns"]);
    await names.dns().until("git.protobox", "ENOTFOUND");
    expect(await names.complaint()).toContain(names.noSuchHost("git.protobox"));
  });

  it("are found by host aliases alone, in the hosts files of argocd-server and argocd-repo-server", async () => {
    const { story } = names;
    const [ip, hostnames] = ["10.0.0.7", ["git.protobox"]];
    story.factory.program.config(["argocd", "hostAliases"], [{ ip, hostnames }]);
    await names.forward([], ["coredns", "nodelocaldns"]);
    for (const name of ["argocd-server", "argocd-repo-server"]) {
      const { spec } = await story.factory.object("deployment", name);
      expect(spec).toMatchObject({ template: { spec: { hostAliases: [{ ip, hostnames }] } } });
      // The address of the documents is that of the lab's Git server, as all addresses of configuration are.
      expect(names.hostsOf(name)).toContain(`${story.address("git")}\tgit.protobox\n`);
    }
    expect(names.hostsOf("argocd-application-controller")).not.toContain("git.protobox");
    await names.untilDeployed();
    expect(await names.dns().lookup("git.protobox")).toBe("ENOTFOUND");
  });

  it("are not found by a host alias of another name", async () => {
    names.story.factory.program.config(["argocd", "hostAliases"], [{ ip: "10.0.0.7", hostnames: ["gitlab.protobox"] }]);
    await names.forward([], ["coredns", "nodelocaldns"]);
    expect(await names.complaint()).toContain(names.noSuchHost("git.protobox"));
  });
});
