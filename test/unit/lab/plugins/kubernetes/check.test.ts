import { describe, expect, it } from "vitest";
import { KubernetesProvider } from "../../../../../lab/plugins/kubernetes/provider";
import { parseToken } from "../../../../../lab/plugins/kubernetes/object/gvk";
import { type PropertyMap, Secret, Unknown } from "../../../../../lab/plugins/rpc";

const logged: string[] = [];
const call = {
  signal: new AbortController().signal,
  log: (severity: string, message: string) => void logged.push(`${severity}: ${message}`),
  status: () => undefined,
};

/** A provider whose cluster cannot be reached, since checks must not need one. */
async function provider(inputs: PropertyMap = {}): Promise<KubernetesProvider> {
  const kubeconfig = JSON.stringify({
    "current-context": "c",
    clusters: [{ name: "c", cluster: { server: "http://127.0.0.1:1" } }],
    contexts: [{ name: "c", context: { cluster: "c", namespace: "shop" } }],
  });
  const made = new KubernetesProvider("4.34.2");
  await made.configure({ inputs: { kubeconfig, ...inputs } });
  return made;
}

function request(type: string, newInputs: PropertyMap, oldInputs: PropertyMap = {}, seed = new Uint8Array([1])) {
  return { urn: `urn:pulumi:dev::p::${type}::web`, type, name: "web", oldInputs, newInputs, randomSeed: seed };
}

const pod = { apiVersion: "v1", kind: "Pod" };
const podType = "kubernetes:core/v1:Pod";

describe("a check", () => {
  it("names an unnamed object after the resource, the same for the same seed, and notes that it did", async () => {
    const made = await provider();
    const first = await made.check(request(podType, pod), call);
    const second = await made.check(request(podType, pod), call);
    const metadata = first.inputs["metadata"] as PropertyMap;
    expect(metadata).toEqual({
      name: expect.stringMatching(/^web-[0-9a-f]{8}$/),
      namespace: "shop",
      annotations: { "pulumi.com/autonamed": "true" },
    });
    expect(second.inputs).toEqual(first.inputs);
  });

  it("keeps the name that it made before", async () => {
    const old = { ...pod, metadata: { name: "web-0badcafe", annotations: { "pulumi.com/autonamed": "true" } } };
    const { inputs } = await (await provider()).check(request(podType, pod, old), call);
    expect(inputs["metadata"]).toMatchObject({ name: "web-0badcafe", annotations: old.metadata.annotations });
  });

  it("leaves alone what is named, computed, or outside namespaces", async () => {
    const made = await provider();
    const metadata = { name: new Unknown(), namespace: new Unknown() };
    expect((await made.check(request(podType, { ...pod, metadata }), call)).inputs["metadata"]).toEqual(metadata);
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "n" } };
    expect((await made.check(request("kubernetes:core/v1:Namespace", namespace), call)).inputs).toEqual(namespace);
  });

  it("keeps secrets secret, and a Secret's data in any case", async () => {
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, stringData: { a: "x" } };
    const { inputs } = await (await provider()).check(request("kubernetes:core/v1:Secret", secret), call);
    expect(inputs["data"]).toBeInstanceOf(Secret);
    expect((inputs["data"] as Secret).value).toEqual({ a: "eA==" });
    expect(inputs["stringData"]).toBeUndefined();
  });

  it.each([
    [
      "a Patch without a name",
      "kubernetes:core/v1:ConfigMapPatch",
      { apiVersion: "v1", kind: "ConfigMap" },
      "metadata.name",
    ],
    ["a name left to the server", podType, { ...pod, metadata: { generateName: "x-" } }, "metadata.generateName"],
    ["a list", "kubernetes:core/v1:PodList", { apiVersion: "v1", kind: "PodList", items: [] }, "kind"],
    ["a Helm release", "kubernetes:helm.sh/v3:Release", { chart: "x" }, ""],
  ])("refuses %s", async (_, type, inputs, property) => {
    const { failures } = await (await provider()).check(request(type, inputs), call);
    expect(failures).toEqual([{ property, reason: expect.any(String) }]);
  });

  it("refuses a Patch without server-side apply", async () => {
    const inputs = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" } };
    const made = await provider({ enableServerSideApply: "false" });
    const { failures } = await made.check(request("kubernetes:core/v1:ConfigMapPatch", inputs), call);
    expect(failures?.[0]?.reason).toContain("server-side apply");
  });

  it("labels objects that have no field manager of their own", async () => {
    const made = await provider({ enableServerSideApply: "false" });
    const { inputs } = await made.check(request(podType, pod), call);
    expect(inputs["metadata"]).toMatchObject({ labels: { "app.kubernetes.io/managed-by": "pulumi" } });
  });
});

describe("an unreachable cluster", () => {
  const subject = { ...request(podType, pod), id: "shop/web", oldOutputs: pod, inputs: pod, timeoutSeconds: 1 };

  it("lets a preview pass, and fails the update with the reason", async () => {
    const made = await provider();
    expect(await made.create({ ...subject, preview: true }, call)).toEqual({ id: "", outputs: pod });
    await expect(made.create({ ...subject, preview: false }, call)).rejects.toThrow(/unreachable.*127\.0\.0\.1:1/);
  });

  it("fails reads and deletions with the way out", async () => {
    const made = await provider();
    await expect(made.read(subject, call)).rejects.toThrow("PULUMI_K8S_DELETE_UNREACHABLE");
    await expect(made.delete(subject, call)).rejects.toThrow("PULUMI_K8S_DELETE_UNREACHABLE");
  });

  it("gives its resources up when told so", async () => {
    const made = await provider({ deleteUnreachable: "true" });
    expect((await made.read(subject, call)).id).toBe("");
    await expect(made.delete(subject, call)).resolves.toBeUndefined();
  });

  it("leaves its resources as they are when told so", async () => {
    const made = await provider({ skipUpdateUnreachable: "true" });
    const old = { ...pod, metadata: { name: "old" } };
    expect((await made.check(request(podType, pod, old), call)).inputs).toEqual(old);
    expect(await made.read({ ...subject, oldInputs: old }, call)).toMatchObject({ id: "shop/web", inputs: old });
  });
});

describe("a type token", () => {
  it.each([
    ["kubernetes:core/v1:Namespace", { group: "", version: "v1", kind: "Namespace", patch: false }],
    ["kubernetes:apps/v1:DeploymentPatch", { group: "apps", version: "v1", kind: "Deployment", patch: true }],
    [
      "kubernetes:argoproj.io/v1alpha1:AppProject",
      { group: "argoproj.io", version: "v1alpha1", kind: "AppProject", patch: false },
    ],
  ])("%s is read", (token, type) => {
    expect(parseToken(token)).toEqual(type);
  });

  it("ends in Patch and is none when the kind itself does", () => {
    expect(parseToken("kubernetes:lab.io/v1:CarPatch", "CarPatch")).toMatchObject({ kind: "CarPatch", patch: false });
  });

  it.each(["aws:s3:Bucket", "kubernetes:core:Pod", "kubernetes:a/b/c:Pod", "kubernetes:core/v1:"])(
    "%s is refused",
    (token) => {
      expect(() => parseToken(token)).toThrow(token);
    },
  );
});
