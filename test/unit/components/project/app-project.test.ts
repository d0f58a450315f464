import { describe, expect, it } from "vitest";
import { appProjectSpec } from "../../../../components/project/app-project";
import type { GroupKind } from "../../../../model/project";
import { project, repository } from "./projects";

/** A policy as Argo CD's `validatePolicy` takes it, for this project and role. */
const POLICY =
  /^p, proj:acme-shop-dev-6293:(?<role>[a-z-]+), (applications|logs), (get|sync|action\/\*), acme-shop-dev-6293\/\*, allow$/;

interface Role {
  readonly name: string;
  readonly policies: readonly string[];
  readonly groups?: readonly string[];
}

function roles(groups: { read: readonly string[]; write: readonly string[] }): readonly Role[] {
  return appProjectSpec(project({ groups }))["roles"] as Role[];
}

describe("an AppProject", () => {
  it("is closed to all but the project's own repositories, cluster and namespace", () => {
    const spec = appProjectSpec(project({ description: "The shop" }));
    expect(spec).toMatchObject({
      description: "The shop",
      sourceRepos: ["https://git.example/shop/deploy.git"],
      destinations: [{ server: "https://kubernetes.default.svc", namespace: "acme-shop-dev-6293" }],
      clusterResourceWhitelist: [],
      orphanedResources: { warn: true },
    });
    expect(spec).not.toHaveProperty("sourceNamespaces");
    expect(spec).not.toHaveProperty("namespaceResourceWhitelist");
  });

  it("does not count what Argo CD itself needs on a further cluster among what no repository has", () => {
    const destination = { cluster: "eu-west", server: "https://eu-west:6443" };
    const own = { group: "rbac.authorization.k8s.io", name: "argocd-manager" };
    expect(appProjectSpec(project({ destination }))["orphanedResources"]).toEqual({
      warn: true,
      ignore: [
        { ...own, kind: "Role" },
        { ...own, kind: "RoleBinding" },
      ],
    });
    expect(appProjectSpec(project())["orphanedResources"]).toEqual({ warn: true });
  });

  it("has sync windows, without the words that say nothing", () => {
    const night = { kind: "deny", schedule: "0 22 * * *", duration: "8h", applications: ["*"] } as const;
    const spec = appProjectSpec(
      project({
        syncWindows: [
          { ...night, manualSync: false },
          { ...night, kind: "allow", timeZone: "Europe/Paris", manualSync: true },
        ],
      }),
    );
    expect(spec["syncWindows"]).toEqual([
      night,
      { ...night, kind: "allow", timeZone: "Europe/Paris", manualSync: true },
    ]);
    expect(appProjectSpec(project())).not.toHaveProperty("syncWindows");
  });

  it("names each URL of each source once", () => {
    const [source] = repository().sources;
    const repositories = [
      repository(),
      repository({
        name: "cache",
        sources: [
          { ...source, url: "https://charts.example" } as typeof source,
          { kind: "reference", url: "https://git.example/shop/deploy.git", revision: "HEAD", ref: "values" },
          { kind: "reference", url: "https://git.example/shop/values.git", revision: "HEAD", ref: "more" },
        ],
      }),
    ];
    expect(appProjectSpec(project({ repositories }))["sourceRepos"]).toEqual([
      "https://git.example/shop/deploy.git",
      "https://charts.example",
      "https://git.example/shop/values.git",
    ]);
  });

  it("forbids the kinds that would undo the guards, the core group being the empty string", () => {
    const denied = appProjectSpec(project())["namespaceResourceBlacklist"] as GroupKind[];
    expect(denied).toEqual([
      { group: "", kind: "ResourceQuota" },
      { group: "", kind: "LimitRange" },
      { group: "networking.k8s.io", kind: "NetworkPolicy" },
      { group: "crd.projectcalico.org", kind: "NetworkPolicy" },
      { group: "projectcalico.org", kind: "NetworkPolicy" },
      { group: "cilium.io", kind: "CiliumNetworkPolicy" },
    ]);
    for (const { group } of denied) expect(group).not.toMatch(/^v1|\//);
  });

  it("forbids what the platform adds to these, once each", () => {
    const deniedKinds = [
      { group: "", kind: "ResourceQuota" },
      { group: "", kind: "Endpoints" },
    ];
    const denied = appProjectSpec(project({ deniedKinds }))["namespaceResourceBlacklist"] as GroupKind[];
    expect(denied).toHaveLength(7);
    expect(denied.at(-1)).toEqual({ group: "", kind: "Endpoints" });
  });

  it("has roles whose policies Argo CD takes", () => {
    for (const { name, policies } of roles({ read: [], write: [] })) {
      expect(new Set(policies).size).toBe(policies.length);
      for (const policy of policies) expect(POLICY.exec(policy)?.groups?.["role"]).toBe(name);
    }
  });

  it("lets readers look and writers also synchronise and act, and nobody create or delete", () => {
    const [read, write] = roles({ read: ["/shop/RO"], write: ["/shop/RW", "sre"] });
    expect(read).toEqual({
      name: "ro-group",
      description: "Readers",
      groups: ["/shop/RO"],
      policies: [
        "p, proj:acme-shop-dev-6293:ro-group, applications, get, acme-shop-dev-6293/*, allow",
        "p, proj:acme-shop-dev-6293:ro-group, logs, get, acme-shop-dev-6293/*, allow",
      ],
    });
    expect(write).toEqual({
      name: "rw-group",
      description: "Writers",
      groups: ["/shop/RW", "sre"],
      policies: [
        "p, proj:acme-shop-dev-6293:rw-group, applications, get, acme-shop-dev-6293/*, allow",
        "p, proj:acme-shop-dev-6293:rw-group, logs, get, acme-shop-dev-6293/*, allow",
        "p, proj:acme-shop-dev-6293:rw-group, applications, sync, acme-shop-dev-6293/*, allow",
        "p, proj:acme-shop-dev-6293:rw-group, applications, action/*, acme-shop-dev-6293/*, allow",
      ],
    });
  });

  it("gives a role without groups to nobody", () => {
    for (const role of roles({ read: [], write: [] })) expect(role).not.toHaveProperty("groups");
  });
});
