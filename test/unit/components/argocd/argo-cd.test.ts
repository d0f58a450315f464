import { describe, expect, it } from "vitest";
import { ArgoCd } from "../../../../components/argocd/argo-cd";
import type { ArgoCdSettings } from "../../../../model/argocd-settings";
import { UserError } from "../../../../model/problem";
import { SecretText } from "../../../../model/secret";
import { declared, named } from "../declared";
import type { Declared } from "../declared";
import { MANIFESTS } from "./manifests";
import { argocdSettings } from "./settings";

function install(changes: Partial<ArgoCdSettings> = {}, protect = false): Promise<Declared[]> {
  return declared(() => new ArgoCd("argocd", { settings: argocdSettings(changes), manifests: MANIFESTS, protect }));
}

const OIDC = {
  name: "SSO",
  issuer: "https://login.example.org",
  clientId: "argocd",
  clientSecret: SecretText.known("hunter2"),
  requestedScopes: ["openid"],
};

function decoded(data: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data as Record<string, string>).map(([key, value]) => [
      key,
      Buffer.from(value, "base64").toString("utf8"),
    ]),
  );
}

describe("the component ArgoCd", () => {
  it("declares each official object as its own resource, beside a namespace and what it adds", async () => {
    const resources = await install();
    const names = resources.map(({ name }) => name).sort();
    expect(names).toEqual(
      [
        "argocd",
        "argocd-namespace",
        "argocd-appproject-default",
        "argocd-admin-password",
        "argocd-webhook-secret",
        "argocd-secret-keys",
        ...MANIFESTS.map(({ kind, metadata }) => `argocd-${kind.toLowerCase()}-${metadata.name}`),
      ].sort(),
    );
    for (const { name, parent } of resources)
      expect([name, parent]).toEqual([name, name === "argocd" ? parent : "argocd"]);
  });

  it("has a namespace that admits restricted pods only", async () => {
    expect(named(await install({ namespace: "gitops" }), "argocd-namespace").inputs).toEqual({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: "gitops",
        labels: {
          "pod-security.kubernetes.io/enforce": "restricted",
          "pod-security.kubernetes.io/audit": "restricted",
          "pod-security.kubernetes.io/warn": "restricted",
        },
      },
    });
  });

  it("closes the default project before any workload starts", async () => {
    const resources = await install();
    expect(named(resources, "argocd-appproject-default").inputs).toEqual({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AppProject",
      metadata: { name: "default", namespace: "argocd" },
      spec: {
        description: "Closed: each project has an AppProject of its own",
        sourceRepos: [],
        destinations: [],
        clusterResourceWhitelist: [],
        namespaceResourceBlacklist: [{ group: "*", kind: "*" }],
      },
    });
    const workloads = resources.filter(({ type }) => type.startsWith("kubernetes:apps/v1:"));
    expect(workloads).toHaveLength(4);
    for (const { dependsOn } of workloads) expect(dependsOn).toContain("argocd-appproject-default");
  });

  it("installs definitions first, then configuration and keys, then workloads", async () => {
    const resources = await install();
    const definitions = [
      "argocd-customresourcedefinition-applications.argoproj.io",
      "argocd-customresourcedefinition-appprojects.argoproj.io",
    ];
    for (const name of definitions) expect(named(resources, name).dependsOn).toEqual([]);
    expect(named(resources, "argocd-appproject-default").dependsOn).toEqual([...definitions, "argocd-namespace"]);
    expect(named(resources, "argocd-configmap-argocd-cm").dependsOn).toEqual(["argocd-namespace"]);
    expect(named(resources, "argocd-secret-keys").dependsOn).toContain("argocd-secret-argocd-secret");
    expect(named(resources, "argocd-deployment-argocd-server").dependsOn).toEqual(
      expect.arrayContaining([...definitions, "argocd-configmap-argocd-cm", "argocd-secret-keys"]),
    );
  });

  it("waits for the pods of its workloads, but not for those behind its Services, which would leave no step for them", async () => {
    const services = (await install()).filter(({ type }) => type === "kubernetes:core/v1:Service");
    expect(services).not.toEqual([]);
    for (const { inputs, dependsOn } of services) {
      expect(inputs).toMatchObject({ metadata: { annotations: { "pulumi.com/skipAwait": "true" } } });
      expect(dependsOn).toEqual(["argocd-namespace"]);
    }
  });

  it("goes with its namespace, but for what belongs to the cluster", async () => {
    const staying = (await install()).filter(({ deletedWith }) => deletedWith !== "argocd-namespace");
    expect(staying.map(({ name }) => name).sort()).toEqual([
      "argocd",
      "argocd-admin-password",
      "argocd-clusterrolebinding-argocd-server",
      "argocd-customresourcedefinition-applications.argoproj.io",
      "argocd-customresourcedefinition-appprojects.argoproj.io",
      "argocd-namespace",
      "argocd-webhook-secret",
    ]);
  });

  it("adds its keys to Argo CD's Secret and owns no more of it", async () => {
    const resources = await install({ oidc: OIDC });
    const { type, inputs, revealed } = named(resources, "argocd-secret-keys");
    expect(type).toBe("kubernetes:core/v1:SecretPatch");
    expect(inputs).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: "argocd-secret",
        namespace: "argocd",
        annotations: { "pulumi.com/patchForce": "true", "pulumi.com/patchFieldManager": "gitops-factory" },
      },
      data: "[secret]",
    });
    expect(decoded(revealed["data"])).toEqual({
      "admin.password": "hash of argocd-admin-password",
      "webhook.gitlab.secret": "password of argocd-webhook-secret",
      "oidc.clientSecret": "hunter2",
    });
    expect(named(resources, "argocd-secret-argocd-secret").inputs).not.toHaveProperty("data");
  });

  it("makes no password for an account that is switched off", async () => {
    const resources = await install({ admin: { enabled: false } });
    expect(resources.map(({ name }) => name)).not.toContain("argocd-admin-password");
    expect(Object.keys(decoded(named(resources, "argocd-secret-keys").revealed["data"]))).toEqual([
      "webhook.gitlab.secret",
    ]);
  });

  it("keeps what a Secret holds a secret in the state", async () => {
    const resources = await install();
    for (const name of ["argocd-secret-argocd-secret", "argocd-secret-keys"]) {
      expect(named(resources, name).secretOutputs).toEqual(["data", "stringData"]);
    }
  });

  it("shows no secret among its inputs", async () => {
    const component = named(await install({ oidc: OIDC }), "argocd");
    expect(component.type).toBe("factory:argocd:ArgoCd");
    expect(JSON.stringify(component.revealed)).not.toContain("hunter2");
    expect(component.inputs).toMatchObject({ settings: { oidc: { clientId: "argocd", requestedScopes: ["openid"] } } });
  });

  it("protects the namespace and the definitions, on which all Applications depend", async () => {
    const kept = (await install({}, true)).filter((resource) => resource.protect).map(({ name }) => name);
    expect(kept.sort()).toEqual([
      "argocd-customresourcedefinition-applications.argoproj.io",
      "argocd-customresourcedefinition-appprojects.argoproj.io",
      "argocd-namespace",
    ]);
    expect((await install()).filter((resource) => resource.protect)).toEqual([]);
  });

  it("offers its results, and what to wait for", async () => {
    let argocd: ArgoCd | undefined;
    await declared(() => {
      argocd = new ArgoCd("argocd", { settings: argocdSettings({ url: "https://a.example" }), manifests: MANIFESTS });
    });
    if (argocd === undefined) throw new Error("the program did not run");
    const promised = <T>(output: { apply(read: (value: T) => void): unknown }) =>
      new Promise<T>((resolve) => output.apply(resolve));
    expect(await promised(argocd.namespace)).toBe("argocd");
    expect(await promised(argocd.version)).toBe("v3.2.12");
    expect(await promised(argocd.url)).toBe("https://a.example");
    expect(await promised(argocd.adminPassword)).toBe("password of argocd-admin-password");
    expect(await promised(argocd.webhookSecret)).toBe("password of argocd-webhook-secret");
    expect(argocd.ready).toHaveLength(5);
  });

  it("refuses settings for a workload that does not exist", async () => {
    await expect(install({ workloads: { nobody: {} } })).rejects.toThrow(UserError);
  });
});
