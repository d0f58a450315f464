import { describe, expect, it } from "vitest";
import { parseCorefile, verifyCorefile } from "../../../../corefile";
import { podCorefile, podCustomFiles } from "../../../../lab/dns/pod-corefile";
import { installedBy } from "../../../../lab/fixtures/installers";
import { labNetwork } from "../../../../lab/network/lab-network";

const cluster = installedBy("kubespray");
const pod = { address: "127.10.0.10", network: labNetwork("127.10.0", cluster.network) };

function inPod(text: string, others: Readonly<Record<string, string>> = {}): string {
  return podCorefile({ Corefile: text, ...others }, pod)["Corefile"] ?? "";
}

describe("a Corefile as a CoreDNS of the lab reads it", () => {
  it("binds each block to the pod's address, in the block's first line", () => {
    expect(inPod(".:53 {\n    whoami\n}\nprotobox:53 { # ours\n}\n")).toBe(
      ".:53 { bind 127.10.0.10\n    whoami\n}\nprotobox:53 { bind 127.10.0.10 # ours\n}\n",
    );
  });

  it("binds blocks whose first line goes on, and those without braces", () => {
    expect(inPod(".:53 { whoami\n}\n")).toBe(".:53 { bind 127.10.0.10\n whoami\n}\n");
    expect(inPod(".:53\nwhoami\n")).toBe(".:53\nbind 127.10.0.10\nwhoami\n");
    expect(inPod(".:53")).toBe(".:53\nbind 127.10.0.10\n");
  });

  it.each([
    ["an address of the documents is translated", "169.254.25.10", "127.10.0.25"],
    ["the pod's loopback is the pod", "127.0.0.1", "127.10.0.10"],
    ["IPv6, which a lab has none of, is the pod", "fd00::10", "127.10.0.10"],
    ["all that is the pod's own is one address", "0.0.0.0 :: lo eth0 ::1", "127.10.0.10"],
    ["a dual-stack cache keeps its address", "169.254.25.10 127.0.0.1", "127.10.0.25 127.10.0.10"],
    ["what is excepted is left out", "eth0 10.9.9.9 {\n        except 10.9.9.9\n    }", "127.10.0.10"],
    ["an address that the pod has not stays, so that CoreDNS says so", "10.9.9.9", "10.9.9.9"],
    ["an interface that the pod has not stays", "eth7", "eth7"],
  ])("takes over a block's own bind: %s", (_, bind, expected) => {
    expect(inPod(`.:53 {\n    bind ${bind}\n    whoami\n}\n`)).toBe(`.:53 {\n    bind ${expected}\n    whoami\n}\n`);
  });

  it.each([
    ["health", "health 127.10.0.10:8080"],
    ["health {\n      lameduck 5s\n    }", "health 127.10.0.10:8080 {\n      lameduck 5s\n    }"],
    ["health 169.254.25.10:9254", "health 127.10.0.25:9254"],
    ["health [::]:8081", "health 127.10.0.10:8081"],
    ["health 10.9.9.9:8081", "health 10.9.9.9:8081"],
    ["health no-port", "health no-port"],
    ["ready", "ready 127.10.0.10:8181"],
    ["ready :8182", "ready 127.10.0.10:8182"],
    ["prometheus", "prometheus 127.10.0.10:9153"],
    ["prometheus :9253", "prometheus 127.10.0.10:9253"],
    ["pprof localhost:6060", "pprof 127.10.0.10:6060"],
  ])("moves what listens beside the DNS: %s", (line, expected) => {
    expect(inPod(`.:53 {\n    bind lo\n    ${line}\n}\n`)).toContain(`    ${expected}\n}`);
  });

  it("looks for changes every two seconds where it looks at all", () => {
    expect(inPod(".:53 {\n    reload\n}\n")).toContain("    reload 2s 0s\n");
    expect(inPod(".:53 {\n    reload 1m 10s # slow\n}\n")).toContain("    reload 2s 0s # slow\n");
    expect(inPod(".:53 {\n    whoami\n}\n")).not.toContain("reload");
  });

  it("mends no mistake that CoreDNS refuses", () => {
    expect(inPod(".:53 {\n    reload 1s\n}\n")).toContain("    reload 1s\n");
    const unclosed = ".:53 {\n    reload\n    forward . 1.1.1.1 {\n";
    expect(inPod(unclosed)).toBe(unclosed);
    expect(verifyCorefile(inPod(".:53 {\n    nonsense\n}\n"))).not.toEqual([]);
  });

  it("translates addresses wherever they stand", () => {
    expect(inPod("protobox:53 {\n    forward . 10.0.0.53:53 10.0.0.54:8600 1.1.1.1\n}\n")).toContain(
      "forward . 127.10.0.53:53 127.10.0.54:8600 1.1.1.1\n",
    );
  });

  it("changes what is imported from files beside it where they are", () => {
    const text = "import zones\n.:53 {\n    import common\n}\n";
    const files = { zones: "protobox:53 {\n    whoami\n}\n", common: "health\nreload\n", notes: "10.0.0.53 {" };
    expect(podCorefile({ Corefile: text, ...files }, pod)).toEqual({
      Corefile: "import zones\n.:53 { bind 127.10.0.10\n    import common\n}\n",
      zones: "protobox:53 { bind 127.10.0.10\n\n    whoami\n}\n",
      common: "health 127.10.0.10:8080\nreload 2s 0s\n",
      notes: "127.10.0.53 {",
    });
  });

  it("changes a snippet once, however many blocks import it", () => {
    const text = "(s) {\n    health\n}\n.:53 {\n    import s\n}\na:53 {\n    import s\n}\n";
    expect(inPod(text).match(/health 127\.10\.0\.10:8080\n/g)).toHaveLength(1);
  });

  it("finds what is mounted where it lies in the lab", () => {
    const text = ".:53 {\n    import /etc/coredns/custom/*.override\n    hosts /etc/coredns/NodeHosts\n}\n";
    expect(inPod(text)).toContain("import custom/*.override\n    hosts NodeHosts\n");
  });

  it.each(["kubespray", "kubeadm"] as const)("is what %s installs, and CoreDNS would take it", (installer) => {
    for (const { data } of installedBy(installer).objects as readonly { readonly data?: Record<string, string> }[]) {
      if (data === undefined) continue;
      const text = podCorefile(data, pod)["Corefile"] ?? "";
      expect(verifyCorefile(text)).toEqual([]);
      for (const block of parseCorefile(text).blocks) {
        expect(block.directives.filter(({ name }) => name === "bind")).toHaveLength(1);
      }
    }
  });
});

describe("what a Corefile imports of coredns-custom", () => {
  it("is server blocks in *.server, and lines of one in *.override", () => {
    expect(
      podCustomFiles(
        { "a.server": "protobox:53 {\n    forward . 10.0.0.53\n}\n", "b.override": "forward x 10.0.0.53\n" },
        pod,
      ),
    ).toEqual({
      "a.server": "protobox:53 { bind 127.10.0.10\n    forward . 127.10.0.53\n}\n",
      "b.override": "forward x 127.10.0.53\n",
    });
  });
});
