import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Factory } from "./support/factory";
import { changes } from "./support/pulumi-run";
import { told } from "./support/refusal";
import { smallInstall } from "./support/small-install";

let factory: Factory;

beforeAll(async () => {
  factory = await Factory.start();
  smallInstall(factory.program);
});

afterAll(() => factory.dispose());

/** A ConfigMap with a Corefile, as an administrator may have left it. */
async function corefile(name: string, text: string, labels: Readonly<Record<string, string>> = {}): Promise<void> {
  const metadata = { name, namespace: "kube-system", labels };
  await factory.kubectl("create -f -", { apiVersion: "v1", kind: "ConfigMap", metadata, data: { Corefile: text } });
}

/** Sets what the stack's config says of DNS. */
function dns(zones: Readonly<Record<string, string>>, ...targets: readonly (string | object)[]): void {
  const forwards = Object.entries(zones).map(([zone, to]) => ({ zone, to: [to] }));
  factory.program.config(["dns"], { forwards, targets });
}

describe("pulumi preview and DNS", () => {
  it("refuses every Corefile that it cannot edit safely, with line and column, in one go", async () => {
    await corefile("malformed", ".:53 {\n  errors\n  forward . /etc/resolv.conf\n");
    await corefile("twice", ".:53 {\n  errors\n}\nprotobox {\n}\nprotobox:53 {\n}\n");
    await corefile("together", ".:53 {\n  errors\n}\nprotobox example.org {\n  forward . 10.0.0.1\n}\n");
    await corefile("foreign", ".:53 {\n  errorz\n}\n");
    dns(
      { protobox: "10.0.0.53" },
      ...["malformed", "twice", "together", "foreign", { kind: "corefile", name: "coredns", key: "corefile" }],
    );
    expect(told(await factory.stack.preview())).toBe(
      `pulumi:pulumi:Stack (gitops-factory-dev):
  error: 5 problems
  error: ConfigMap kube-system/malformed: 1:6: the server block ".:53" is not closed
    found:   {
    fix:     close it with } on a line of its own
  error: ConfigMap kube-system/twice: 6:1: zone protobox: several server blocks serve the zone
    found:   protobox:53
    fix:     leave one of them
  error: ConfigMap kube-system/together: 4:1: zone protobox: one server block serves the zone along with others (protobox example.org)
    found:   protobox
    fix:     give protobox a server block of its own, or take it out of this one
  error: ConfigMap kube-system/foreign: 2:3: CoreDNS has no plugin "errorz"
    found:   errorz
    fix:     correct the name, or say that this CoreDNS was built with that plugin
  error: ConfigMap kube-system/coredns: data.corefile: the ConfigMap has no such key
    allowed: Corefile
    fix:     name the key that holds the Corefile in the DNS target, or the right ConfigMap`,
    );
  });

  it("refuses forwards that would come back: to the address that a Corefile binds, and to the cluster's DNS", async () => {
    dns({ protobox: "169.254.25.10", "service.consul": "10.233.0.3:53" }, "coredns", "nodelocaldns");
    expect(told(await factory.stack.preview())).toBe(
      `pulumi:pulumi:Stack (gitops-factory-dev):
  error: 3 problems
  error: ConfigMap kube-system/coredns: zone protobox: the forward would come back: this is the cluster's own DNS
    found:   169.254.25.10:53
    allowed: another DNS server
    fix:     write the address of the DNS server that knows the zone
  error: ConfigMap kube-system/coredns: zone service.consul: the forward would come back: this is the cluster's own DNS
    found:   10.233.0.3:53
    allowed: another DNS server
    fix:     write the address of the DNS server that knows the zone
  error: ConfigMap kube-system/nodelocaldns: 52:15: queries for protobox. come back to the server block that forwards them
    found:   169.254.25.10:53
    fix:     forward to a server outside this Corefile`,
    );
  });

  it("refuses a ConfigMap that is not there", async () => {
    dns({ protobox: "10.0.0.53" }, "coredns", "core-dns");
    expect(told(await factory.stack.preview())).toContain(
      `kubernetes:core/v1:ConfigMap (dns-kube-system-core-dns-live):
  error: Preview failed: resource 'kube-system/core-dns' does not exist`,
    );
  });

  it("warns once of a ConfigMap that will be reverted, and of a repository's IP address, and goes on", async () => {
    await corefile("managed", ".:53 {\n  errors\n}\n", { "addonmanager.kubernetes.io/mode": "Reconcile" });
    dns({ protobox: "10.0.0.53" }, "managed");
    factory.program.replace("catalog/protobox1/docserver.yaml", "//git.protobox/", "//192.168.56.7/");
    const run = await factory.stack.preview();
    expect(told(run)).toBe(
      `factory:dns:ClusterDns (dns):
  warning: ConfigMap kube-system/managed is labelled addonmanager.kubernetes.io/mode: Reconcile, so the cluster's addon manager will revert our change. Instead, use a target of kind "custom" if CoreDNS imports a ConfigMap such as coredns-custom, set the forwards where the cluster's provider keeps its DNS settings, or have the label changed to EnsureExists

pulumi:pulumi:Stack (gitops-factory-dev):
  warning: catalog/protobox1/docserver.yaml:12:5: repositories[0].url: the repository's host is an IP address, which breaks when the server moves and fits no certificate
    found:   192.168.56.7
    fix:     use the server's name; if the cluster cannot resolve it, forward its zone: gitops-factory:dns.forwards`,
    );
    expect(run.exitCode).toBe(0);
    expect(changes(run)).toContain("create protobox1-docserver-dev-6293-application-docserver");
    factory.program.replace("catalog/protobox1/docserver.yaml", "//192.168.56.7/", "//git.protobox/");
  });
});

describe("pulumi up and DNS", () => {
  it("applies nothing at all when the preview before it is refused", async () => {
    const before = await factory.object("configmap", "coredns", "kube-system");
    dns({ protobox: "169.254.25.10" }, "coredns", "nodelocaldns");
    const run = await factory.stack.start("up", "--yes").done;
    expect(run.exitCode).not.toBe(0);
    expect(await factory.stack.resources()).toEqual([]);
    expect(await factory.kubectl("get namespace argocd --ignore-not-found")).toBe("");
    expect(await factory.object("configmap", "coredns", "kube-system")).toEqual(before);
  });
});
