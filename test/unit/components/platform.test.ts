import { describe, expect, it } from "vitest";
import { declarePlatform } from "../../../components/platform";
import type { Platform } from "../../../model/platform";
import { MANIFESTS } from "./argocd/manifests";
import { argocdSettings } from "./argocd/settings";
import { declared, named } from "./declared";
import type { Declared } from "./declared";
import { project } from "./project/projects";

const COREFILE = { data: { Corefile: ".:53 {\n    forward . /etc/resolv.conf\n}\n" }, metadata: { labels: {} } };

function declare(changes: Partial<Platform> = {}): Promise<Declared[]> {
  const platform: Platform = {
    environment: "dev",
    kubernetes: {},
    argocd: argocdSettings({ namespace: "gitops" }),
    deletion: { protect: false, workloads: "foreground" },
    clusters: [],
    projects: [project()],
    ...changes,
  };
  return declared(() => declarePlatform(platform, MANIFESTS), "dev", { "kube-system/coredns": COREFILE });
}

const SHOP = "acme-shop-dev-6293";

describe("the platform", () => {
  it("has no resource but on a provider of its own", async () => {
    const resources = await declare();
    for (const { type, name, provider } of resources) {
      const expected = type.startsWith("kubernetes:") ? "in-cluster" : "";
      expect([name, provider]).toEqual([name, expected]);
    }
  });

  it("has every object of a project wait for Argo CD's controllers, and go before them", async () => {
    expect(named(await declare(), SHOP).dependsOn).toEqual([
      "argocd-deployment-argocd-redis",
      "argocd-deployment-argocd-repo-server",
      "argocd-deployment-argocd-server",
      "argocd-service-argocd-server",
      "argocd-statefulset-argocd-application-controller",
    ]);
  });

  it("puts Argo CD's objects where Argo CD is installed", async () => {
    expect(named(await declare(), `${SHOP}-app-project`).inputs["metadata"]).toMatchObject({ namespace: "gitops" });
  });

  it("leaves the cluster's DNS alone unless told otherwise", async () => {
    expect((await declare()).filter(({ type }) => type.startsWith("factory:dns:"))).toEqual([]);
  });

  it("has the private names before the projects whose repositories need them", async () => {
    const resources = await declare({
      dns: {
        forwards: [{ zone: "protobox", to: ["10.0.0.2:53"], cacheSeconds: 30 }],
        targets: [{ kind: "corefile", namespace: "kube-system", name: "coredns", key: "Corefile" }],
      },
    });
    expect(named(resources, SHOP).dependsOn).toContain("dns-kube-system-coredns");
  });

  it("protects what matters where the environment is protected", async () => {
    const kept = (await declare({ deletion: { protect: true, workloads: "foreground" } }))
      .filter((resource) => resource.protect)
      .map(({ name }) => name);
    expect(kept).toEqual(expect.arrayContaining(["argocd-namespace", `${SHOP}-namespace`]));
  });

  it("exports what people need, by project", async () => {
    let exported: ReturnType<typeof declarePlatform> | undefined;
    await declared(() => {
      const platform: Platform = {
        environment: "dev",
        kubernetes: {},
        argocd: argocdSettings(),
        deletion: { protect: false, workloads: "foreground" },
        clusters: [],
        projects: [project()],
      };
      exported = declarePlatform(platform, MANIFESTS);
    });
    expect(Object.keys(exported?.projects ?? {})).toEqual([SHOP]);
    expect(exported).not.toHaveProperty("dns");
    const applications = await new Promise((resolve) => exported?.projects[SHOP]?.apply(resolve));
    expect(applications).toEqual(["acme-shop-dev-deploy-6293"]);
  });
});
