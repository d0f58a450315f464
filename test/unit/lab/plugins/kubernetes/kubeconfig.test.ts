import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clusterAccess, readKubeconfig } from "../../../../../lab/plugins/kubernetes/api/kubeconfig";
import { diffProvider } from "../../../../../lab/plugins/kubernetes/config/provider-diff";
import { readSettings } from "../../../../../lab/plugins/kubernetes/config/settings";
import { Unknown } from "../../../../../lab/plugins/rpc";

function kubeconfig(server = "https://one:6443", user: object = { token: "t" }): string {
  return JSON.stringify({
    "current-context": "one",
    clusters: [
      { name: "one", cluster: { server, "certificate-authority-data": Buffer.from("CA").toString("base64") } },
      { name: "two", cluster: { server: "https://two:6443", "insecure-skip-tls-verify": true } },
    ],
    users: [{ name: "me", user }],
    contexts: [
      { name: "one", context: { cluster: "one", user: "me", namespace: "shop" } },
      { name: "two", context: { cluster: "two", user: "me" } },
    ],
  });
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kubeconfig-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a kubeconfig", () => {
  it("grants the access of its current context", () => {
    expect(clusterAccess(readKubeconfig(kubeconfig()))).toEqual({
      server: "https://one:6443",
      ca: "CA",
      insecure: false,
      token: "t",
      namespace: "shop",
    });
  });

  it("grants that of another context or cluster when asked", () => {
    const config = readKubeconfig(kubeconfig());
    expect(clusterAccess(config, { context: "two" })).toMatchObject({ insecure: true, namespace: "default" });
    expect(clusterAccess(config, { cluster: "two" })).toMatchObject({ server: "https://two:6443", namespace: "shop" });
  });

  it("may be a file, whose paths are relative to it", () => {
    writeFileSync(join(folder, "client.crt"), "CERT");
    writeFileSync(join(folder, "client.key"), "KEY");
    writeFileSync(join(folder, "token"), "from-file\n");
    const user = { "client-certificate": "client.crt", "client-key": "client.key", tokenFile: "token" };
    writeFileSync(join(folder, "config"), kubeconfig("https://one:6443", user));
    expect(clusterAccess(readKubeconfig(join(folder, "config")))).toMatchObject({
      certificate: "CERT",
      key: "KEY",
      token: "from-file",
    });
  });

  it("may ask a credential plugin", () => {
    const status = { apiVersion: "client.authentication.k8s.io/v1", status: { token: "fresh" } };
    const exec = { command: "echo", args: [JSON.stringify(status)], env: null };
    expect(clusterAccess(readKubeconfig(kubeconfig("https://one", { exec }))).token).toBe("fresh");
  });

  it.each([
    ["a context that is not there", kubeconfig(), { context: "three" }, 'context "three" does not exist'],
    ["a cluster that is not there", kubeconfig(), { cluster: "three" }, 'cluster "three" does not exist'],
    ["nothing in it", "{}", {}, "no current context and no cluster"],
  ])("is refused with %s", (_, text, choice, message) => {
    expect(() => clusterAccess(readKubeconfig(text), choice)).toThrow(message);
  });

  it("is refused when it is neither file nor YAML object", () => {
    expect(() => readKubeconfig("/nowhere/config")).toThrow("neither the path of a file nor the text of a kubeconfig");
  });
});

describe("a changed provider", () => {
  const one = kubeconfig();
  const changes = (olds: Record<string, string>, news: Record<string, string | Unknown>): unknown =>
    diffProvider(olds, news);

  it("is replaced when it points to another cluster", () => {
    expect(changes({ kubeconfig: one }, { kubeconfig: kubeconfig("https://other") })).toEqual({
      changes: "some",
      diffs: ["kubeconfig"],
      replaces: ["kubeconfig"],
    });
    expect(changes({ kubeconfig: one }, { kubeconfig: one, context: "two" })).toMatchObject({ replaces: ["context"] });
  });

  it("is updated when only the credentials or other settings change", () => {
    const renewed = kubeconfig("https://one:6443", { token: "new" });
    expect(changes({ kubeconfig: one }, { kubeconfig: renewed, namespace: "x" })).toEqual({
      changes: "some",
      diffs: ["kubeconfig", "namespace"],
      replaces: [],
    });
  });

  it("follows the cluster identifier alone, once there is one", () => {
    const other = kubeconfig("https://other");
    const same = { clusterIdentifier: "a" };
    expect(changes({ kubeconfig: one, ...same }, { kubeconfig: other, ...same })).toMatchObject({ replaces: [] });
    expect(changes({ kubeconfig: one, ...same }, { kubeconfig: one, clusterIdentifier: "b" })).toMatchObject({
      replaces: ["clusterIdentifier"],
    });
  });

  it("is replaced when the kubeconfig is not known yet", () => {
    expect(changes({ kubeconfig: one }, { kubeconfig: new Unknown() })).toMatchObject({ replaces: ["kubeconfig"] });
  });

  it("is nothing when nothing changed", () => {
    expect(changes({ kubeconfig: one }, { kubeconfig: one })).toEqual({ changes: "none" });
  });
});

describe("the provider's settings", () => {
  it("have the official provider's defaults", () => {
    expect(readSettings({}, {})).toEqual({
      serverSideApply: true,
      configMapMutable: false,
      secretMutable: false,
      upsert: false,
      patchForce: undefined,
      deleteUnreachable: false,
      skipUpdateUnreachable: false,
      suppressDeprecationWarnings: false,
      limits: {},
    });
  });

  it("come as JSON in strings, and else from the environment", () => {
    const settings = readSettings(
      { enableConfigMapMutable: "true", enableServerSideApply: "false", kubeClientSettings: '{"qps":5,"burst":10}' },
      {
        PULUMI_K8S_ENABLE_SECRET_MUTABLE: "true",
        PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY: "true",
        PULUMI_K8S_CLIENT_TIMEOUT: "30",
      },
    );
    expect(settings).toMatchObject({ configMapMutable: true, secretMutable: true, serverSideApply: false });
    expect(settings.limits).toEqual({ queriesPerSecond: 5, burst: 10, requestTimeoutSeconds: 30 });
  });

  it("are refused where this provider would not do what they ask", () => {
    expect(() => readSettings({ renderYamlToDirectory: "out" }, {})).toThrow("renderYamlToDirectory");
    expect(() => readSettings({}, { PULUMI_K8S_CLIENT_QPS: "fast" })).toThrow('"fast" is not a number');
  });
});
