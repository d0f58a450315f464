import { describe, expect, it } from "vitest";
import { declarePlatform } from "../../../../components/platform";
import type { ClusterTrust, Platform } from "../../../../model/platform";
import { MANIFESTS } from "../argocd/manifests";
import { argocdSettings } from "../argocd/settings";
import { declared, named } from "../declared";
import type { Declared } from "../declared";
import { project } from "../project/projects";

const SERVER = "https://eu-west:6443";
const EU_WEST = { cluster: "eu-west", server: SERVER };
const SHOP = project({ destination: EU_WEST });
const CAFE = project({ name: "cafe", namespace: "acme-cafe-dev-6293", destination: EU_WEST });

function declare(trust: ClusterTrust = { kind: "cluster" }, changes: Partial<Platform> = {}): Promise<Declared[]> {
  const platform: Platform = {
    environment: "dev",
    kubernetes: {},
    argocd: argocdSettings(),
    deletion: { protect: false, workloads: "foreground" },
    clusters: [
      { name: "eu-west", server: SERVER, access: { context: "eu-west" }, trust, managerNamespace: "kube-system" },
    ],
    projects: [SHOP, CAFE],
    ...changes,
  };
  return declared(() => declarePlatform(platform, MANIFESTS));
}

function secretOf(resources: readonly Declared[]): Record<string, string> {
  const data = named(resources, "cluster-eu-west-secret").revealed["data"] as Record<string, string>;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, decoded(value)]));
}

function decoded(value: string): string {
  return Buffer.from(value, "base64").toString("utf8");
}

describe("a further cluster", () => {
  it("has a provider of its own, on which the projects' namespaces lie", async () => {
    const resources = await declare();
    expect(named(resources, "eu-west").inputs).toMatchObject({ context: "eu-west", clusterIdentifier: SERVER });
    expect(named(resources, `${SHOP.namespace}-namespace`).provider).toBe("eu-west");
    expect(named(resources, `${SHOP.namespace}-application-deploy`).provider).toBe("in-cluster");
  });

  it("has an account of this environment only, with a token that does not expire", async () => {
    const resources = await declare();
    expect(named(resources, "cluster-eu-west-manager")).toMatchObject({
      provider: "eu-west",
      inputs: {
        metadata: { name: "argocd-manager-dev", namespace: "kube-system" },
        automountServiceAccountToken: false,
      },
    });
    expect(named(resources, "cluster-eu-west-manager-token")).toMatchObject({
      provider: "eu-west",
      dependsOn: expect.arrayContaining(["cluster-eu-west-manager"]) as unknown,
      inputs: {
        type: "kubernetes.io/service-account-token",
        metadata: {
          namespace: "kube-system",
          annotations: { "kubernetes.io/service-account.name": "argocd-manager-dev" },
        },
      },
    });
  });

  it("gives that account rights in the projects' namespaces, and none in the cluster", async () => {
    const resources = await declare();
    const away = resources.filter(({ provider, type }) => provider === "eu-west" && type.includes("rbac."));
    expect(away.map(({ type, name }) => [type, name]).sort()).toEqual(
      [SHOP, CAFE]
        .flatMap(({ namespace }) => [
          ["kubernetes:rbac.authorization.k8s.io/v1:Role", `${namespace}-manager-role`],
          ["kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", `${namespace}-manager-binding`],
        ])
        .sort(),
    );
    const verbs = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];
    expect(named(resources, `${SHOP.namespace}-manager-role`).inputs).toMatchObject({
      metadata: { namespace: SHOP.namespace },
      rules: [{ apiGroups: ["*"], resources: ["*"], verbs }],
    });
    expect(named(resources, `${SHOP.namespace}-manager-binding`).inputs).toMatchObject({
      roleRef: { kind: "Role", name: "argocd-manager" },
      subjects: [{ kind: "ServiceAccount", name: "argocd-manager-dev", namespace: "kube-system" }],
    });
  });

  it("is known to Argo CD by that token, for these namespaces and no cluster-wide object", async () => {
    const resources = await declare();
    const { config, ...fields } = secretOf(resources);
    expect(fields).toEqual({
      name: "eu-west",
      server: SERVER,
      namespaces: "acme-shop-dev-6293,acme-cafe-dev-6293",
      clusterResources: "false",
    });
    expect(JSON.parse(config ?? "")).toEqual({
      bearerToken: "token of cluster-eu-west-manager-token",
      tlsClientConfig: { insecure: false, caData: Buffer.from("CA of the cluster").toString("base64") },
    });
    const secret = named(resources, "cluster-eu-west-secret");
    expect(secret.provider).toBe("in-cluster");
    expect(secret.inputs).toMatchObject({
      metadata: {
        name: "cluster-eu-west",
        namespace: "argocd",
        labels: { "argocd.argoproj.io/secret-type": "cluster" },
      },
      data: "[secret]",
    });
  });

  it.each<[string, ClusterTrust, string | undefined]>([
    ["the CA that it was given", { kind: "certificate", pem: "PEM" }, Buffer.from("PEM").toString("base64")],
    ["the public CAs", { kind: "public" }, undefined],
  ])("is trusted by %s", async (_, trust, caData) => {
    const { config } = secretOf(await declare(trust));
    expect((JSON.parse(config ?? "") as { tlsClientConfig: { caData?: string } }).tlsClientConfig.caData).toBe(caData);
  });

  it("is told to Argo CD after its rights stand everywhere, and before any Application", async () => {
    const resources = await declare();
    expect(named(resources, "cluster-eu-west").dependsOn).toEqual([
      `${CAFE.namespace}-manager-binding`,
      `${SHOP.namespace}-manager-binding`,
    ]);
    for (const { namespace } of [SHOP, CAFE]) {
      expect(named(resources, `${namespace}-application-deploy`).dependsOn).toContain("cluster-eu-west-secret");
    }
  });

  it("is left alone where no project runs on it: a Secret without namespaces would mean all of them", async () => {
    const resources = await declare({ kind: "cluster" }, { projects: [project()] });
    expect(resources.filter(({ name }) => name.startsWith("cluster-"))).toEqual([]);
    expect(resources.filter(({ provider }) => provider === "eu-west")).toEqual([]);
  });
});
