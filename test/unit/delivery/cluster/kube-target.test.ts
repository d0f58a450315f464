import { chmodSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { HOME } from "../../../../delivery/cluster/cluster-access";
import { findTarget, judgeView } from "../../../../delivery/cluster/kube-target";
import type { KubeconfigSource } from "../../../../delivery/cluster/kubeconfig-source";
import { SecretText } from "../../../../model/secret";
import { workspace } from "../../model/workspace";

/** An environment whose kubectl says what a kubeconfig's view is; the real one is asked in test/engine. */
function kubectlSays(view: object): NodeJS.ProcessEnv {
  const folder = workspace({ kubectl: `#!/bin/sh\ncat <<'END'\n${JSON.stringify(view)}\nEND\n` });
  chmodSync(join(folder, "kubectl"), 0o755);
  return { PATH: `${folder}${delimiter}/usr/bin${delimiter}/bin` };
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const { signal } = new AbortController();
const around = { root: "/nowhere", stack: "dev", signal };

describe("The cluster that a stack means", () => {
  it("is what kubectl reads, without keys and tokens", async () => {
    const env = kubectlSays({
      "current-context": "blue",
      clusters: [
        { cluster: { server: "https://a:6443", "certificate-authority-data": base64("CA"), "proxy-url": "http://p" } },
      ],
      users: [{ user: { "client-certificate-data": base64("CERT"), "client-key-data": base64("KEY"), token: "t" } }],
    });
    expect(await findTarget({ cluster: HOME, context: "blue" }, { ...around, env })).toEqual({
      source: { file: "~/.kube/config", context: "blue", args: ["--context", "blue"] },
      context: "blue",
      server: "https://a:6443",
      ca: "CA",
      insecure: false,
      proxied: true,
      hasCredentials: true,
      clientCertificate: "CERT",
    });
  });

  it("may lack credentials", async () => {
    const env = kubectlSays({ "current-context": "c", clusters: [{ cluster: { server: "https://a" } }], users: null });
    expect((await findTarget({ cluster: HOME }, { ...around, env })).hasCredentials).toBe(false);
  });

  it("cannot be looked at without kubectl", async () => {
    const target = findTarget({ cluster: HOME }, { ...around, env: { PATH: workspace() } });
    await expect(target).rejects.toThrow("kubectl: it is not on the PATH: the cluster cannot be looked at");
    const closed = findTarget({ cluster: HOME }, { ...around, env: { PATH: workspace({ kubectl: "" }) } });
    await expect(closed).rejects.toThrow("kubectl: it cannot be run (EACCES): the cluster cannot be looked at");
  });
});

describe("A kubeconfig that leads to no cluster", () => {
  const ambient: KubeconfigSource = { file: "~/.kube/config", args: [] };
  const blue = { ...ambient, file: "/a", context: "blu", args: ["--context", "blu"] };
  const secret = { ...ambient, file: 'the secret "edge" of Pulumi.dev.yaml', text: SecretText.known("") };

  it.each<[string, string, KubeconfigSource, readonly string[], string, string]>([
    ["is not there", "x", ambient, [], "~/.kube/config: there is no kubeconfig that names a cluster", "--kubeconfig"],
    ["is named by $KUBECONFIG", "x", { ...ambient, file: "/nowhere" }, [], "/nowhere: there is no such", "$KUBECONFIG"],
    ["is several", "x", { ...ambient, file: "$KUBECONFIG (/a:/b)" }, [], "(/a:/b): it names no cluster", "another"],
    ["is an empty secret", "x", secret, [], "Pulumi.dev.yaml: it names no cluster", "set it anew"],
    ["is empty", "x", { ...ambient, args: ["--kubeconfig", "/a"] }, [], "it names no cluster", "fetch it anew"],
    ["has no current context", "x", ambient, ["a"], "it has no current context; it has a", "name one with --context"],
    ["lacks the context", "x", blue, ["red", "blue"], '/a: it has no context "blu"; it has red, blue', 'mean "blue"?'],
    [
      "lacks its cluster",
      "cannot locate cluster c",
      blue,
      ["blu"],
      "/a: context blu: it leads nowhere: cannot",
      "mend",
    ],
    [
      "may not be read",
      'error loading config file "/a": open /a: permission denied',
      blue,
      [],
      "/a: it cannot be read as a kubeconfig: permission denied",
      "have the right to read it",
    ],
    [
      "is no YAML",
      'error loading config file "/tmp/x/config": yaml: line 1: did not find',
      secret,
      [],
      'the secret "edge" of Pulumi.dev.yaml: it cannot be read as a kubeconfig: yaml: line 1: did not find',
      "set it anew, from the output of",
    ],
  ])("says which it is, why, and what to do, where it %s", (_, failure, source, known, message, fix) => {
    const problem = judgeView(failure, source, known);
    expect([problem.file, problem.path, problem.message].filter(Boolean).join(": ")).toContain(message);
    expect(problem.fix).toContain(fix);
  });
});
