import { describe, expect, it } from "vitest";
import { kubeconfigCluster } from "../../../model/kubeconfig";
import { loadPlatform } from "../../../model/load";
import type { TargetCluster } from "../../../model/platform";
import { UserError } from "../../../model/problem";
import { SecretText } from "../../../model/secret";
import { problemOf, stack, workspace } from "./workspace";

const PEM = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";

function kubeconfig(cluster: string): string {
  return `apiVersion: v1
kind: Config
current-context: east
contexts:
  - { name: east, context: { cluster: main, user: bot } }
  - { name: lost, context: { cluster: nowhere, user: bot } }
clusters:
  - { name: main, cluster: { server: "https://east:6443", ${cluster} } }
users:
  - { name: bot, user: { token: hunter2 } }
`;
}

const WITH_CA = kubeconfig(`certificate-authority-data: ${Buffer.from(PEM).toString("base64")}`);

/** The cluster `east` of a stack whose kubeconfig is this text. */
function east(text: string, more = ""): TargetCluster {
  const root = workspace(
    stack(`clusters:
  east: { server: "https://east:6443/", kubeconfig: east${more} }
secrets:
  east: { value: { secure: x } }`),
  );
  const { platform } = loadPlatform({ root, stack: "dev", ciphertext: () => SecretText.known(text) });
  const [cluster] = platform.clusters;
  if (cluster === undefined) throw new Error("a cluster is expected");
  return cluster;
}

describe("a cluster of the stack's config", () => {
  it("is trusted by the CA of its kubeconfig", () => {
    expect(east(WITH_CA)).toMatchObject({ server: "https://east:6443", trust: { kind: "certificate", pem: PEM } });
  });

  it("is trusted by the CA that the config names before that of its kubeconfig", () => {
    const other = PEM.replace("AA==", "AB==");
    const more = `, certificateAuthority: ${JSON.stringify(other)}`;
    expect(east(WITH_CA, more).trust).toEqual({ kind: "certificate", pem: other });
  });

  it("is trusted by the public CAs where its kubeconfig names none", () => {
    expect(east(kubeconfig("")).trust).toEqual({ kind: "public" });
  });

  it.each(["certificate-authority: /etc/ca.pem", "insecure-skip-tls-verify: true"])(
    "is trusted by the CA that it gives to its pods where its kubeconfig has %s",
    (cluster) => {
      expect(east(kubeconfig(cluster)).trust).toEqual({ kind: "cluster" });
    },
  );

  it("has Argo CD's account where the config says", () => {
    expect(east(WITH_CA).managerNamespace).toBe("kube-system");
    expect(east(WITH_CA, ", managerNamespace: gitops").managerNamespace).toBe("gitops");
  });

  it.each([
    ["hunter2", "a current context"],
    ["{ [ hunter2", "a current context"],
    [WITH_CA.replace("current-context: east", "current-context: lost"), "a current context"],
  ])("is refused with a secret that is no kubeconfig, which is not repeated", (text, missing) => {
    const attempt = () => east(text);
    expect(attempt).toThrow(UserError);
    expect(attempt).toThrow(`clusters.east.kubeconfig: the secret is no kubeconfig that has ${missing}`);
    expect(attempt).not.toThrow(/hunter2/);
  });

  it("is refused when its kubeconfig lacks the context that is named", () => {
    expect(() => east(WITH_CA, ", context: west")).toThrow('that has the context "west"');
  });

  it("is refused under the name that Argo CD has for its own", () => {
    expect(problemOf(stack("clusters:\n  in-cluster: { server: https://east:6443, context: east }"))).toMatchObject({
      path: "clusters",
      value: "in-cluster",
      fix: "give this cluster another name; the cluster of Argo CD needs no entry",
    });
  });

  it("is refused where nothing says how it is reached: the current context leads to another", () => {
    expect(problemOf(stack("clusters:\n  east: { server: https://east:6443 }"))).toMatchObject({
      path: "clusters.east",
      message: expect.stringContaining("neither a kubeconfig nor a context") as string,
      fix: expect.stringContaining("add context: NAME") as string,
    });
  });

  it("is refused when another has the same server", () => {
    const two =
      "clusters:\n  east: { server: https://east:6443, context: a }\n  west: { server: https://east:6443/, context: b }";
    expect(problemOf(stack(two))).toMatchObject({
      message: 'the clusters "east" and "west" have the same server',
      value: "https://east:6443",
    });
  });
});

describe("a kubeconfig", () => {
  it("may be JSON, and is read by the context that is asked for", () => {
    const json = JSON.stringify({
      contexts: [{ name: "b", context: { cluster: "two" } }],
      clusters: [
        { name: "one", cluster: { server: "https://one" } },
        { name: "two", cluster: { server: "https://two" } },
      ],
    });
    expect(kubeconfigCluster(json, "b")).toEqual({ server: "https://two", trustsOtherwise: false });
    expect(kubeconfigCluster(json)).toBeUndefined();
  });
});
