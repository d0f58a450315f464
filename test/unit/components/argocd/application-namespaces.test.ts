import { describe, expect, it } from "vitest";
import { ArgoCd } from "../../../../components/argocd/argo-cd";
import { appProjectSpec } from "../../../../components/project/app-project";
import { declared, named } from "../declared";
import type { Declared } from "../declared";
import { project } from "../project/projects";
import { MANIFESTS } from "./manifests";
import { argocdSettings } from "./settings";

function install(applicationNamespaces: readonly string[]): Promise<Declared[]> {
  const settings = argocdSettings({ applicationNamespaces, namespace: "gitops" });
  return declared(() => new ArgoCd("argocd", { settings, manifests: MANIFESTS }));
}

describe("Applications outside Argo CD's namespace", () => {
  it("need rights that Argo CD's manifests do not give, and Secrets are not among them", async () => {
    const resources = await install(["team-*"]);
    const rules = (name: string) =>
      named(resources, `argocd-clusterrole-${name}`).inputs["rules"] as { resources: string[]; verbs: string[] }[];
    expect(rules("argocd-server-cluster-apps").map(({ resources: kinds, verbs }) => [kinds, verbs])).toEqual([
      [["events"], ["create"]],
      [["applications"], ["create", "delete", "update", "patch"]],
    ]);
    expect(
      rules("argocd-notifications-controller-cluster-apps").map(({ resources: kinds, verbs }) => [kinds, verbs]),
    ).toEqual([[["applications"], ["get", "list", "watch", "update", "patch"]]]);
    expect(
      named(resources, "argocd-clusterrolebinding-argocd-notifications-controller-cluster-apps").inputs,
    ).toMatchObject({
      roleRef: { name: "argocd-notifications-controller-cluster-apps" },
      subjects: [{ kind: "ServiceAccount", name: "argocd-notifications-controller", namespace: "gitops" }],
    });
  });

  it("give no right to anybody where there are none", async () => {
    const names = (await install([])).map(({ name }) => name);
    expect(names.filter((name) => name.endsWith("cluster-apps"))).toEqual([]);
  });

  it("are those of the project whose namespace they are in", () => {
    expect(appProjectSpec(project({ ownApplications: true }))["sourceNamespaces"]).toEqual(["acme-shop-dev-6293"]);
  });
});
