import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bundles, manifestSets } from "../../../../lab/toolchain/catalogue";
import { DEFAULT_ARGOCD_VERSION } from "../../../../model/argocd-releases";
import { versionFits } from "../../../../lab/toolchain/version-range";

const modulesDir = join(__dirname, "../../../../lab/toolchain/modules");
const goMod = (folder: string): string => readFileSync(join(modulesDir, folder, "go.mod"), "utf8");
const modules = bundles.flatMap((bundle) => bundle.modules);

/** The versions that a go.mod requires, by module. */
function requirements(folder: string): Map<string, string> {
  const lines = goMod(folder).matchAll(/^(?:require|\t)\s*(\S+) (v\S+)/gm);
  return new Map([...lines].map(([, module = "", version = ""]) => [module, version]));
}

describe("the catalogue of tools agrees with the pinned modules", () => {
  it("has an entry for every module folder, and a folder for every entry", () => {
    const folders = [...modules, ...manifestSets].map(({ folder }) => folder);
    expect(folders.sort()).toEqual(readdirSync(modulesDir).sort());
  });

  it.each(modules.map((module) => [module.folder, module] as const))("names the packages of %s", (folder, module) => {
    const tools = /^tool (?:([^(\s]+)$|\(\n([^)]*)\))/m.exec(goMod(folder));
    const named = (tools?.[1] ?? tools?.[2] ?? "").split(/\s+/).filter((path) => path !== "");
    expect(Object.values(module.packages).sort()).toEqual(named.sort());
  });

  it.each(bundles.map((bundle) => [bundle.name, bundle] as const))("names the version of %s", (_name, bundle) => {
    const [first] = bundle.modules;
    const [path = ""] = Object.values(first?.packages ?? {});
    const pinned = [...requirements(first?.folder ?? "")].filter(([module]) => `${path}/`.startsWith(`${module}/`));
    expect(pinned.map(([, version]) => version)).toEqual([`v${bundle.version}`]);
  });

  it.each(manifestSets.map((set) => [set.name, set] as const))("names the version of %s", (_name, set) => {
    expect(requirements(set.folder).get(set.module)).toBe(set.version);
  });

  it.each(bundles.map((bundle) => [bundle.name, bundle] as const))("accepts its own %s on PATH", (_name, bundle) => {
    expect(versionFits(bundle.version, bundle.fits)).toBe(true);
  });

  it.each(["pulumi", "pulumi-language-nodejs"])("stamps %s with the version that its module has", (folder) => {
    const module = modules.find((candidate) => candidate.folder === folder);
    const [path = ""] = Object.values(module?.packages ?? {});
    const pinned = [...requirements(folder)].find(([name]) => path.startsWith(`${name}/`))?.[1];
    expect(Object.values(module?.stamps ?? {})).toEqual([pinned]);
  });

  /** The value of a stamp, found by the end of the variable's name. */
  const stamps = (folder: string, variable: string): string[] => {
    const module = modules.find((candidate) => candidate.folder === folder);
    return Object.entries(module?.stamps ?? {}).flatMap(([name, value]) => (name.endsWith(variable) ? [value] : []));
  };

  it("stamps Argo CD with its version and that of the Kubernetes client that it is built with", () => {
    const pinned = requirements("argo-cd");
    expect(stamps("argo-cd", "/common.version")).toEqual([pinned.get("github.com/argoproj/argo-cd/v3")?.slice(1)]);
    expect(stamps("argo-cd", "/common.kubectlVersion")).toEqual([pinned.get("k8s.io/client-go")]);
  });

  it("stamps Helm with its version and that of the Kubernetes that its client stands for", () => {
    const pinned = requirements("helm");
    const [, minor] = pinned.get("k8s.io/client-go")?.split(".") ?? [];
    expect(stamps("helm", "/version.version")).toEqual([pinned.get("helm.sh/helm/v3")]);
    expect(stamps("helm", ".k8sVersionMajor")).toEqual(["1", "1"]);
    expect(stamps("helm", ".k8sVersionMinor")).toEqual([minor, minor]);
  });

  it("builds the Argo CD whose manifests the factory installs by default", () => {
    const versions = ["argo-cd", "argo-cd-manifests"].map((folder) =>
      requirements(folder).get("github.com/argoproj/argo-cd/v3"),
    );
    expect(versions).toEqual([DEFAULT_ARGOCD_VERSION, DEFAULT_ARGOCD_VERSION]);
  });
});
