import { chmodSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { findTarget, judgeView, sealedFindings } from "../../../../delivery/cluster/kube-target";
import { SecretText } from "../../../../model/secret";
import { workspace } from "../../model/workspace";

/** An environment whose kubectl says what a kubeconfig's view is; the real one is asked in test/engine. */
function kubectlSays(view: object): NodeJS.ProcessEnv {
  const folder = workspace({ kubectl: `#!/bin/sh\ncat <<'END'\n${JSON.stringify(view)}\nEND\n` });
  chmodSync(join(folder, "kubectl"), 0o755);
  return { PATH: `${folder}${delimiter}/usr/bin${delimiter}/bin` };
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");

describe("The cluster that a stack means", () => {
  it("is what kubectl reads, without keys and tokens", async () => {
    const env = kubectlSays({
      "current-context": "blue",
      clusters: [
        { cluster: { server: "https://a:6443", "certificate-authority-data": base64("CA"), "proxy-url": "http://p" } },
      ],
      users: [{ user: { "client-certificate-data": base64("CERT"), "client-key-data": base64("KEY"), token: "t" } }],
    });
    expect(await findTarget({ context: "blue" }, {}, env)).toEqual({
      target: {
        args: ["--context", "blue"],
        context: "blue",
        server: "https://a:6443",
        ca: "CA",
        insecure: false,
        proxied: true,
        hasCredentials: true,
        clientCertificate: "CERT",
      },
      findings: [],
    });
  });

  it("may lack credentials", async () => {
    const env = kubectlSays({ "current-context": "c", clusters: [{ cluster: { server: "https://a" } }], users: null });
    expect((await findTarget({}, {}, env)).target?.hasCredentials).toBe(false);
  });

  it("is that of the flags before that of the stack", async () => {
    const env = kubectlSays({ "current-context": "c", clusters: [] });
    const file = join(workspace({ config: "" }), "config");
    const { target } = await findTarget({ context: "blue" }, { kubeconfig: file, context: "green" }, env);
    expect(target?.args).toEqual(["--kubeconfig", file, "--context", "green"]);
  });

  it("is not looked for in a file that is not there", async () => {
    const { target, findings } = await findTarget({}, { kubeconfig: "/nowhere/config" }, {});
    expect(target).toBeUndefined();
    expect(findings).toMatchObject([{ severity: "error", message: "there is no kubeconfig /nowhere/config" }]);
  });

  it("cannot be looked at without kubectl", async () => {
    const { findings } = await findTarget({}, {}, { PATH: workspace() });
    expect(findings).toMatchObject([
      { severity: "error", message: expect.stringContaining("kubectl is not on the PATH") as string },
    ]);
  });

  it("may be another than the one whose kubeconfig is a secret, which is warned of", () => {
    const access = { kubeconfig: SecretText.sealed() };
    expect(sealedFindings(access, {})).toMatchObject([{ check: "config", severity: "warning" }]);
    expect(sealedFindings(access, { kubeconfig: "mine.yaml" })).toEqual([]);
    expect(sealedFindings({}, {})).toEqual([]);
  });
});

describe("A kubeconfig that names no cluster", () => {
  it.each([
    [{ known: [], env: {} }, "neither $KUBECONFIG nor ~/.kube/config names a cluster"],
    [{ known: [], env: { KUBECONFIG: "/a" } }, "$KUBECONFIG (/a) names no cluster"],
    [{ known: ["a"], env: {} }, "the kubeconfig has no current context"],
    [{ context: "c", known: ["a", "b"], env: {} }, 'the kubeconfig has no context "c"; it has a, b'],
    [{ context: "a", known: ["a"], env: {} }, "the kubeconfig cannot be read: it is broken"],
  ])("has its reason (%j)", (known, message) => {
    expect(judgeView("it is broken", known)).toMatchObject({ severity: "error", message });
  });
});
