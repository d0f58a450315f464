import { describe, expect, it } from "vitest";
import { checkManifests } from "../../../../components/argocd/check-manifests";
import type { ArgoCdSettings } from "../../../../model/argocd-settings";
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

  const withVersion = (version: string): ArgoCdSettings => {
    const settings = argocdSettings();
    return { ...settings, manifests: { ...settings.manifests, version } };
  };

  it("refuses a file of another version than the config says, or leaves to the default", () => {
    expect(problemsOf(() => checkManifests(MANIFESTS, withVersion("v3.3.10"), "Pulumi.dev.yaml"))).toEqual([
      {
        severity: "error",
        file: "Pulumi.dev.yaml",
        path: "argocd.manifests.version",
        value: "v3.3.10",
        message: "install.yaml installs Argo CD v3.2.12",
        fix: "set gitops-factory:argocd.manifests.version to v3.2.12, or location and sha256 to the file of v3.3.10",
      },
    ]);
  });

  it.each([
    ["of a registry with a port", "registry.example:5000/argocd:v3.2.12@sha256:00", "v3.2.12"],
    ["with a suffix", "quay.io/argoproj/argocd:v3.2.12-rc1", "v3.2.12-rc1"],
    ["by a digest alone", "quay.io/argoproj/argocd@sha256:00", "v3.3.10"],
    ["by a tag that is no version", "quay.io/argoproj/argocd:stable", "v3.3.10"],
    ["of other programs", "example.org/argocd-extension:v1.0.0", "v3.3.10"],
  ])("has nothing against images %s", (_what, image, version) => {
    const text = JSON.stringify(MANIFESTS).replaceAll(/[^"]*argocd:v3[^"]*/g, image);
    const objects = JSON.parse(text) as typeof MANIFESTS;
    expect(JSON.stringify(objects)).toContain(image);
    expect(problemsOf(() => checkManifests(objects, withVersion(version), "Pulumi.dev.yaml"))).toEqual([]);
  });

  it("takes a ConfigMap for no Secret of the same name", () => {
    const others = MANIFESTS.map((object) =>
      object.metadata.name === "argocd-secret" ? { ...object, kind: "ConfigMap" } : object,
    );
    expect(problemsOf(() => checkManifests(others, argocdSettings(), "Pulumi.dev.yaml"))).toHaveLength(1);
  });
});
