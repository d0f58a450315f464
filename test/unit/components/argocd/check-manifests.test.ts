import { describe, expect, it } from "vitest";
import { checkManifests } from "../../../../components/argocd/check-manifests";
import { UserError } from "../../../../model/problem";
import type { Problem } from "../../../../model/problem";
import { MANIFESTS } from "./manifests";
import { argocdSettings } from "./settings";

function problemsOf(check: () => void): readonly Problem[] {
  try {
    check();
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
  return [];
}

describe("the check of the manifests", () => {
  it("passes an install with settings for its workloads", () => {
    const settings = argocdSettings({ workloads: { "argocd-server": { replicas: 2 } } });
    expect(problemsOf(() => checkManifests(MANIFESTS, settings, "Pulumi.dev.yaml"))).toEqual([]);
  });

  it("names the workloads that there are when the settings name another", () => {
    const settings = argocdSettings({ workloads: { "argocd-repo": { replicas: 2 }, server: {} } });
    const problems = problemsOf(() => checkManifests(MANIFESTS, settings, "Pulumi.dev.yaml"));
    expect(problems).toHaveLength(2);
    expect(problems[0]).toEqual({
      severity: "error",
      file: "Pulumi.dev.yaml",
      path: "argocd.workloads.argocd-repo",
      value: "argocd-repo",
      message: "Argo CD v3.2.12 (install) has no workload of this name",
      allowed: "argocd-server, argocd-repo-server, argocd-redis, argocd-application-controller",
      fix: "name one of these, or remove the entry",
    });
  });

  it("refuses manifests of something else, and says what they lack", () => {
    const others = MANIFESTS.filter(({ metadata }) => metadata.name !== "argocd-secret");
    expect(problemsOf(() => checkManifests(others, argocdSettings(), "Pulumi.dev.yaml"))).toEqual([
      {
        severity: "error",
        file: "install.yaml",
        path: "",
        message: "the file is not an install of Argo CD: it lacks Secret argocd-secret",
        allowed: "the install.yaml or ha/install.yaml of a release of Argo CD",
        fix: "correct gitops-factory:argocd.manifests: location and sha256",
      },
    ]);
  });

  it("takes a ConfigMap for no Secret of the same name", () => {
    const others = MANIFESTS.map((object) =>
      object.metadata.name === "argocd-secret" ? { ...object, kind: "ConfigMap" } : object,
    );
    expect(problemsOf(() => checkManifests(others, argocdSettings(), "Pulumi.dev.yaml"))).toHaveLength(1);
  });
});
