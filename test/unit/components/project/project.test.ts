import * as kubernetes from "@pulumi/kubernetes";
import { describe, expect, it } from "vitest";
import { Project } from "../../../../components/project/project";
import { SecretText } from "../../../../model/secret";
import { declared, named } from "../declared";
import type { Declared } from "../declared";
import { project, repository } from "./projects";
import { stand } from "./stand";

const PRIVATE = repository({
  credentials: { kind: "https", username: "bot", password: SecretText.known("hunter2") },
});

const LABELS = {
  "app.kubernetes.io/managed-by": "gitops-factory",
  "dso/organization": "acme",
  "dso/project": "shop",
  "dso/project.slug": "acme-shop",
  "dso/environment": "dev",
};

describe("the component Project", () => {
  it("consists of a namespace with its guards, an AppProject, credentials and Applications", async () => {
    const resources = await stand({ repositories: [PRIVATE] });
    expect(resources.map(({ type, name }) => [type, name]).sort()).toEqual(
      [
        ["factory:project:Project", "shop"],
        ["kubernetes:argoproj.io/v1alpha1:AppProject", "shop-app-project"],
        ["kubernetes:argoproj.io/v1alpha1:Application", "shop-application-deploy"],
        ["kubernetes:core/v1:LimitRange", "shop-limits"],
        ["kubernetes:core/v1:Namespace", "shop-namespace"],
        ["kubernetes:core/v1:ResourceQuota", "shop-quota"],
        ["kubernetes:core/v1:Secret", "shop-repository-eae66c8a"],
        ["kubernetes:networking.k8s.io/v1:NetworkPolicy", "shop-allow-dns"],
        ["kubernetes:networking.k8s.io/v1:NetworkPolicy", "shop-allow-same-namespace"],
        ["kubernetes:networking.k8s.io/v1:NetworkPolicy", "shop-default-deny"],
      ].sort(),
    );
  });

  it("has a namespace that says whose it is and which pods it admits", async () => {
    const resources = await stand({ podSecurity: "baseline", description: "The shop!", owners: ["a@x", "b@x"] });
    expect(named(resources, "shop-namespace").inputs["metadata"]).toEqual({
      name: "acme-shop-dev-6293",
      labels: {
        ...LABELS,
        "pod-security.kubernetes.io/enforce": "baseline",
        "pod-security.kubernetes.io/audit": "baseline",
        "pod-security.kubernetes.io/warn": "baseline",
      },
      annotations: {
        "gitops-factory/organisation": "acme",
        "gitops-factory/project": "shop",
        "gitops-factory/catalogue": "catalog/acme/shop.yaml",
        "gitops-factory/owners": "a@x, b@x",
        "kubernetes.io/description": "The shop!",
      },
    });
  });

  it("limits what the project and each of its containers may use", async () => {
    const resources = await stand();
    expect(named(resources, "shop-quota").inputs).toMatchObject({
      metadata: { name: "dso-quota", namespace: "acme-shop-dev-6293", labels: LABELS },
      spec: { hard: { "requests.cpu": "2", "limits.cpu": "2", pods: "50" } },
    });
    expect(named(resources, "shop-limits").inputs).toMatchObject({
      metadata: { name: "dso-limits", namespace: "acme-shop-dev-6293" },
      spec: { limits: [{ type: "Container", defaultRequest: { cpu: "50m" }, default: { cpu: "500m" } }] },
    });
  });

  it("declares a NetworkPolicy for each opening", async () => {
    const network = { ingressFromNamespaces: ["ingress-nginx"], egressToCidrs: ["10.0.0.0/8"] };
    const policies = (await stand({ network })).filter(({ type }) => type.endsWith(":NetworkPolicy"));
    expect(policies.map(({ inputs }) => (inputs["metadata"] as { name: string }).name).sort()).toEqual([
      "allow-dns",
      "allow-egress",
      "allow-ingress",
      "allow-same-namespace",
      "default-deny",
    ]);
  });

  it("puts its AppProject and its Applications where Argo CD reads them", async () => {
    const resources = await stand();
    expect(named(resources, "shop-app-project").inputs["metadata"]).toEqual({
      name: "acme-shop-dev-6293",
      namespace: "argocd",
      labels: LABELS,
    });
    const application = named(resources, "shop-application-deploy").inputs;
    expect(application["metadata"]).toEqual({
      name: "acme-shop-dev-deploy-6293",
      namespace: "argocd",
      labels: { ...LABELS, "dso/repository": "deploy", "dso/type": "manifests" },
      finalizers: ["resources-finalizer.argocd.argoproj.io"],
    });
    expect(Object.keys(application).sort()).toEqual(["apiVersion", "kind", "metadata", "spec"]);
  });

  it("scopes credentials to the project, keeps them secret and never trusts any host", async () => {
    const secret = named(await stand({ repositories: [PRIVATE] }), "shop-repository-eae66c8a");
    expect(secret.inputs).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: "acme-shop-dev-6293-repo-eae66c8a",
        namespace: "argocd",
        labels: { ...LABELS, "argocd.argoproj.io/secret-type": "repository" },
      },
      data: "[secret]",
    });
    expect(text(secret)).toEqual({
      type: "git",
      url: "https://git.example/shop/deploy.git",
      project: "acme-shop-dev-6293",
      username: "bot",
      password: "hunter2",
    });
  });

  it("gives Argo CD the private key of an SSH repository", async () => {
    const credentials = { kind: "ssh" as const, privateKey: SecretText.known("-----BEGIN") };
    const sources = [
      { kind: "manifests", url: "git@git.example:a.git", revision: "HEAD", path: ".", recurse: false },
    ] as const;
    const resources = await stand({ repositories: [repository({ credentials, sources })] });
    expect(text(named(resources, "shop-repository-44f50ad5"))).toEqual({
      type: "git",
      url: "git@git.example:a.git",
      project: "acme-shop-dev-6293",
      sshPrivateKey: "-----BEGIN",
    });
  });

  it("shows no secret among its inputs", async () => {
    const component = named(await stand({ repositories: [PRIVATE] }), "shop");
    expect(JSON.stringify(component.revealed)).not.toContain("hunter2");
    expect(component.inputs).toMatchObject({
      argocdNamespace: "argocd",
      project: { name: "shop", repositories: [{ name: "deploy", credentials: { username: "bot" } }] },
    });
  });

  it("deploys nothing before the guards stand, and is deleted in the opposite order", async () => {
    const resources = await stand({ repositories: [PRIVATE] });
    const guards = ["shop-allow-dns", "shop-allow-same-namespace", "shop-default-deny", "shop-limits", "shop-quota"];
    for (const guard of guards) {
      expect(named(resources, guard)).toMatchObject({ dependsOn: ["shop-namespace"], deletedWith: "shop-namespace" });
    }
    expect(named(resources, "shop-app-project").dependsOn).toEqual([...guards, "shop-namespace"].sort());
    expect(named(resources, "shop-repository-eae66c8a").dependsOn).toEqual(["shop-app-project"]);
    expect(named(resources, "shop-application-deploy").dependsOn).toEqual([
      "shop-app-project",
      "shop-repository-eae66c8a",
    ]);
  });

  it("puts the namespace on the project's cluster, and what Argo CD reads on Argo CD's", async () => {
    const resources = await declared(() => {
      const home = new kubernetes.Provider("home", {});
      const away = new kubernetes.Provider("away", {});
      new Project(
        "shop",
        {
          project: project({ repositories: [PRIVATE] }),
          argocdNamespace: "argocd",
          deletion: { protect: false, workloads: "foreground" },
          destination: {
            provider: away,
            manager: { name: "argocd-manager-dev", namespace: "kube-system" },
            registration: Promise.resolve(new kubernetes.core.v1.ConfigMap("registration", {}, { provider: home })),
          },
        },
        { provider: home },
      );
    });
    expect(named(resources, "shop-app-project").dependsOn).toContain("shop-manager-binding");
    expect(named(resources, "shop-application-deploy").dependsOn).toContain("registration");
    const on = (cluster: string) => resources.filter(({ provider }) => provider === cluster).map(({ name }) => name);
    expect(on("home").sort()).toEqual([
      "registration",
      "shop-app-project",
      "shop-application-deploy",
      "shop-repository-eae66c8a",
    ]);
    expect(on("away").sort()).toEqual([
      "shop-allow-dns",
      "shop-allow-same-namespace",
      "shop-default-deny",
      "shop-limits",
      "shop-manager-binding",
      "shop-manager-role",
      "shop-namespace",
      "shop-quota",
    ]);
  });
});

function text({ revealed }: Declared): Record<string, string> {
  return Object.fromEntries(
    Object.entries(revealed["data"] as Record<string, string>).map(([key, value]) => [
      key,
      Buffer.from(value, "base64").toString("utf8"),
    ]),
  );
}
