import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeFurtherClusters, describeOtherCommands } from "./support/doctor-ways";
import { DoctorVisits, told } from "./support/doctor-visits";
import type { Factory } from "./support/factory";
import { processesOf } from "./support/lab-command";

const SHOP = "acme-shop-dev-6293";

let doctor: DoctorVisits;
let factory: Factory;

beforeAll(async () => {
  doctor = await DoctorVisits.start();
  ({ factory } = doctor);
});

afterAll(async () => {
  await doctor.dispose();
});

/** The lines that the documentation shows, with figures as zeros, but for the Git servers and the summary. */
function documented(): string[] {
  const text = readFileSync(join(__dirname, "..", "..", "docs", "doctor.md"), "utf8");
  const shown = /<!-- npx factory doctor --stack dev -->\n```text\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
  const lines = shown
    .trim()
    .split("\n")
    .slice(2, -2)
    .filter((line) => !/ git |add its zone/.test(line));
  expect(lines.length).toBeGreaterThan(10);
  return lines.map(plain);
}

function plain(line: string): string {
  return line.replaceAll(/ {2,}/g, "  ").replaceAll(/\d+/g, "0").trim();
}

describe("factory doctor on a cluster that knows nothing of us", () => {
  it("finds all well but the version, shows it as a table, and ends with the code of a warning", async () => {
    const { code, stdout, stderr } = await doctor.visit("--stack", "dev");
    expect(stderr).toBe("");
    const lines = stdout.split("\n");
    expect(lines[0]).toBe(`stack dev, environment dev, cluster: gitops-factory-lab at ${factory.lab.server}`);
    expect(lines[2]).toMatch(/^SEVERITY +CHECK +FOUND$/);
    expect(lines.slice(3, -1).map((line) => line.replaceAll(/ {2,}/g, "  ").trim())).toEqual([
      "warning  version  Kubernetes v1.35.4 is newer than those that Argo CD v3.2.12 is tested with: 1.31 to 1.34",
      "fix: set a newer gitops-factory:argocd.manifests.version once one is tested with it, and try upgrades on another stack first",
      `ok  api  ${factory.lab.server} answers kubernetes-admin`,
      "ok  clock  this machine's clock agrees with the cluster's",
      expect.stringMatching(
        /^ok {2}certificates {2}the API server's certificate is valid until \d{4}-\d\d-\d\d$/,
      ) as string,
      expect.stringMatching(/^ok {2}certificates {2}your client certificate is valid until \d{4}-\d\d-\d\d$/) as string,
      "ok  rights  you may do all that pulumi up and destroy do",
      "ok  nodes  1 of 1 node takes pods",
      "ok  dns  the cluster's DNS is CoreDNS (kube-system/coredns) with a NodeLocal cache (kube-system/nodelocaldns), asked at 10.233.0.3",
      "ok  dns  kube-system/coredns can be patched: protobox added, service.consul added",
      "ok  dns  kube-system/nodelocaldns can be patched: protobox added, service.consul added",
      "ok  argocd  no Argo CD is there yet: it will be installed",
      "ok  namespaces  of the projects' namespaces, 2 will be made and 0 are ours already",
      `ok  git  git.protobox is found by argocd.hostAliases and answers at 127.0.0.1:${doctor.gitPort} (asked from this machine)`,
      "",
      "0 errors, 1 warning, 0 notes, 12 ok: `pulumi up` can run; read the warnings first",
    ]);
    expect(code).toBe(4);
    expect(lines.map(plain)).toEqual(expect.arrayContaining(documented()));
  });

  it("leaves neither a process nor a file behind", async () => {
    await doctor.report();
    expect(processesOf(join(doctor.folder, "gitops-factory-kube"))).toEqual([]);
    expect(readdirSync(doctor.folder).filter((name) => name.startsWith("gitops-factory-kube"))).toEqual([]);
  });

  it("changes nothing: the Corefiles are of the version that they were", async () => {
    const before = await factory.object("configmap", "coredns", "kube-system");
    await doctor.report();
    const after = await factory.object("configmap", "coredns", "kube-system");
    expect(after.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
  });

  it("takes the stack that pulumi has selected", async () => {
    const { stdout } = await doctor.visitIn(factory.lab.env);
    expect(stdout).toMatch(/^stack dev, environment dev, /);
  });
});

describe("factory doctor where the cluster cannot be asked", () => {
  it.each([
    [
      "a server that is not there",
      () => doctor.withCluster("refused", { server: "https://127.0.0.1:1" }),
      "connection is refused",
    ],
    [
      "an authority that is not the server's",
      () => doctor.withCluster("authority", { "certificate-authority-data": undefined }),
      "signed by an authority that the kubeconfig does not know",
    ],
    [
      "a name that the server's certificate does not have",
      () => doctor.withCluster("name", { "tls-server-name": "kubernetes.example" }),
      "its certificate is for other names",
    ],
    ["a token that nobody gave", () => doctor.withUser("token", { token: "made-up" }), "does not know you .401."],
    ["no credentials at all", () => doctor.withUser("none", {}), "it gives no credentials"],
    [
      "a credential plugin that is not there",
      () =>
        doctor.withUser("plugin", {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1",
            command: "no-such-login",
            interactiveMode: "Never",
          },
        }),
      "its credential plugin no-such-login is not on the PATH",
    ],
    ["a path without a file", () => join(doctor.folder, "nowhere"), "there is no such kubeconfig"],
    [
      "a file that is no kubeconfig",
      () => doctor.withText("broken", "clusters: [a"),
      "it cannot be read as a kubeconfig",
    ],
  ])("names %s, the kubeconfig, and a fix", async (_, file, words) => {
    const found = await doctor.report("--kubeconfig", file());
    expect(told(found, "api", "error")).toEqual([expect.stringMatching(new RegExp(`^${file()}: .*${words}`))]);
    expect(found.findings.filter(({ severity, fix }) => severity === "error" && fix === null)).toEqual([]);
    expect(found.verdict).toBe("error");
    expect(told(found, "rights", "ok")).toEqual([]);
  });

  it("has no cluster to name when the kubeconfig is not there", async () => {
    expect((await doctor.report("--kubeconfig", join(doctor.folder, "nowhere"))).cluster).toBeNull();
  });

  it("names the contexts that there are", async () => {
    const found = await doctor.report("--context", "blue");
    expect(told(found, "api", "error")).toEqual([
      `${factory.lab.kubeconfig}: it has no context "blue"; it has gitops-factory-lab`,
    ]);
  });

  it("stops at once on Ctrl-C, shows no half of a result, and leaves no kubectl behind", async () => {
    const { code, stdout, stderr } = await doctor.interruptedVisit();
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toContain("SIGINT: stopping what was started");
    expect(processesOf(join(doctor.folder, "gitops-factory-kube"))).toEqual([]);
  });

  it("never prints a token", async () => {
    const { stdout, stderr, code } = await doctor.visit(
      "--stack",
      "dev",
      "--kubeconfig",
      doctor.withUser("token", { token: "made-up" }),
    );
    expect(`${stdout}${stderr}`).not.toContain("made-up");
    expect(code).toBe(3);
  });

  it("refuses a stack that there is not, as the other commands do", async () => {
    const { code, stdout, stderr } = await doctor.visit("--stack", "nowhere");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("error: Pulumi.nowhere.yaml: the stack has no config file");
  });
});

describeOtherCommands(() => doctor);

describeFurtherClusters(() => doctor);

describe("factory doctor on a cluster with something in it", () => {
  it("tells a reader what they may not do, and guesses nothing that they may not see", async () => {
    await factory.kubectl("create serviceaccount reader -n default");
    await factory.kubectl("create clusterrolebinding reader --clusterrole=view --serviceaccount=default:reader");
    const token = await factory.kubectl("create token reader -n default");
    const found = await doctor.report("--kubeconfig", doctor.withUser("reader", { token }));
    expect(told(found, "api", "ok")).toEqual([`${factory.lab.server} answers system:serviceaccount:default:reader`]);
    const missed = told(found, "rights", "error");
    expect(missed[0]).toContain("you may not make what belongs to the cluster: get, create, patch");
    expect(missed).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^you may not bind the ClusterRole of Argo CD's controller/),
        expect.stringMatching(/^you may not install Argo CD into argocd: /),
        "you may not change the cluster's DNS (kube-system/coredns): patch configmaps",
        `you may not guard the projects' namespaces: create, patch resourcequotas, limitranges, networkpolicies.networking.k8s.io in ${SHOP}, protobox1-docserver-dev-6293`,
      ]),
    );
    expect(told(found, "nodes", "note")).toEqual(["you may not list nodes: whether pods find room is not known"]);
    expect(told(found, "dns", "ok")).toContain(
      "kube-system/coredns can be patched: protobox added, service.consul added",
    );
  });

  it("sees a NodeLocal cache that is no target, and a Corefile that is put back", async () => {
    await factory.kubectl(
      "label configmap coredns -n kube-system addonmanager.kubernetes.io/mode=Reconcile --overwrite",
    );
    factory.program.config(["dns", "targets"], ["coredns"]);
    const found = await doctor.report();
    expect(told(found, "dns", "error")).toEqual([
      "pods ask the NodeLocal cache (kube-system/nodelocaldns) first, and it is no target: the forwards would not be found",
    ]);
    expect(told(found, "dns", "warning")).toEqual([
      "kube-system/coredns: the cluster's addon manager (label addonmanager.kubernetes.io/mode: Reconcile) will put back what it was, and the forwards go",
    ]);
    factory.program.config(["dns", "targets"], ["coredns", "nodelocaldns"]);
    await factory.kubectl(
      "label configmap coredns -n kube-system addonmanager.kubernetes.io/mode=EnsureExists --overwrite",
    );
  });

  it("sees a namespace that somebody else made", async () => {
    await factory.kubectl(`create namespace ${SHOP}`);
    const found = await doctor.report();
    expect(told(found, "namespaces", "warning")).toEqual([
      `the namespace ${SHOP} exists and was made by kubectl-create: it would be taken over, with its quota and network policies`,
    ]);
    await factory.kubectl(`delete namespace ${SHOP}`);
  });

  it("sees an Argo CD that is not ours", async () => {
    await factory.kubectl("create namespace argocd");
    await factory.kubectl("create deployment argocd-server -n argocd --image=quay.io/argoproj/argocd:v2.14.1");
    await factory.kubectl("label deployment argocd-server -n argocd app.kubernetes.io/part-of=argocd");
    const [message] = told(await doctor.report(), "argocd", "error");
    expect(message).toMatch(/^Argo CD v2\.14\.1 in argocd was made by kubectl-create/);
    await factory.kubectl("delete namespace argocd");
  });

  it("knows what is ours after the update that it was asked about", async () => {
    const up = await factory.stack.up();
    expect(up.exitCode, up.stdout).toBe(0);
    const found = await doctor.report();
    expect(told(found, "argocd", "ok")).toEqual(["Argo CD v3.2.12 in argocd is ours already"]);
    expect(told(found, "dns", "ok")).toEqual(
      expect.arrayContaining([
        "kube-system/coredns can be patched: nothing to change",
        "kube-system/nodelocaldns can be patched: nothing to change",
      ]),
    );
    expect(told(found, "namespaces", "ok")).toEqual([
      "of the projects' namespaces, 0 will be made and 2 are ours already",
    ]);
    expect(found.counts.error).toBe(0);
  });
});
