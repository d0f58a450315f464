import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkManifests } from "../../components/argocd/check-manifests";
import { CHECKSUM_ANNOTATION } from "../../components/argocd/patch-checksum";
import { GIT_CLIENTS } from "../../components/argocd/patch-host-aliases";
import { patchManifests } from "../../components/argocd/patch-manifests";
import { containersOf, isWorkload } from "../../components/argocd/workload";
import type { Container, Workload } from "../../components/argocd/workload";
import { manifestSets } from "../../lab/toolchain/catalogue";
import { manifestCacheDir } from "../../manifests/cache";
import type { KubernetesObject } from "../../manifests/kubernetes-object";
import { parseManifests } from "../../manifests/parse";
import type { ArgoCdSettings } from "../../model/argocd-settings";
import { argocdSettings } from "../unit/components/argocd/settings";

/** The real manifests that the lab has: both variants of each version. */
const OFFICIAL = manifestSets.flatMap(({ version, sha256 }) =>
  Object.entries(sha256).map(([path, checksum]) => ({ version, path, checksum })),
);

interface SecurityContext {
  readonly runAsNonRoot?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: { readonly drop?: readonly string[]; readonly add?: readonly string[] };
  readonly seccompProfile?: { readonly type: string };
}

describe.each(OFFICIAL)("$path of Argo CD $version", ({ checksum, version }) => {
  const objects = parseManifests(readFileSync(join(manifestCacheDir(), `${checksum}.yaml`), "utf8"));
  const patched = (changes: Partial<ArgoCdSettings>): KubernetesObject[] =>
    patchManifests(objects, argocdSettings(changes));
  const workloads = (changes: Partial<ArgoCdSettings>): Workload[] => patched(changes).filter(isWorkload);
  const names = objects.filter(isWorkload).map(({ metadata }) => metadata.name);

  it("holds all that the patches rely on", () => {
    const settings = argocdSettings({ workloads: Object.fromEntries(names.map((name) => [name, { replicas: 1 }])) });
    const manifests = { ...settings.manifests, version };
    expect(() => checkManifests(objects, { ...settings, manifests }, "Pulumi.dev.yaml")).not.toThrow();
  });

  it("names its namespace nowhere but where it is patched", () => {
    for (const object of patched({ namespace: "elsewhere" })) {
      const text = JSON.stringify(object.kind === "CustomResourceDefinition" ? object.metadata : object);
      expect(text).not.toMatch(/"namespace":"argocd"/);
      expect(text).not.toMatch(/\.argocd(\.svc)?["'.:/ ]/);
      expect(text).not.toMatch(/--namespace[= ]?argocd/);
    }
  });

  it("pulls every image from the mirror", () => {
    const images = workloads({ imageRegistry: "mirror.example:5000" })
      .flatMap(({ spec }) => containersOf(spec.template.spec))
      .map(({ image }) => image);
    expect(images.length).toBeGreaterThanOrEqual(names.length);
    for (const image of images) expect(image).toMatch(/^mirror\.example:5000\/[a-z]/);
  });

  it("has the host aliases in exactly the Git clients", () => {
    const hostAliases = [{ ip: "10.0.0.7", hostnames: ["git.protobox"] }];
    const having = workloads({ hostAliases }).filter(({ spec }) => spec.template.spec["hostAliases"] !== undefined);
    expect(having.map(({ metadata }) => metadata.name).sort()).toEqual([...GIT_CLIENTS].sort());
  });

  it("counts its replicas wherever a variable says how many there are", () => {
    const changed = workloads({ workloads: Object.fromEntries(names.map((name) => [name, { replicas: 7 }])) });
    const counts = changed
      .flatMap(({ spec }) => spec.template.spec.containers)
      .flatMap(({ env = [] }) => env)
      .filter(({ name }) => name.endsWith("_REPLICAS"))
      .map(({ value }) => value);
    expect(counts.length).toBeGreaterThan(0);
    expect(new Set(counts)).toEqual(new Set(["7"]));
  });

  it.each([
    ["server.insecure", ["argocd-server"]],
    ["reposerver.parallelism.limit", ["argocd-repo-server"]],
    ["controller.status.processors", ["argocd-application-controller"]],
  ])("restarts for the parameter %s what reads it", (parameter, expected) => {
    const checksums = (parameters: Record<string, string>) =>
      workloads({ parameters }).map(({ spec }) => spec.template.metadata?.annotations?.[CHECKSUM_ANNOTATION]);
    const [before, after] = [checksums({}), checksums({ [parameter]: "5" })];
    expect(names.filter((_, index) => before[index] !== after[index])).toEqual(expected);
  });

  it("has pods of the restricted standard, which the namespace demands", () => {
    for (const { metadata, spec } of workloads({})) {
      const pod = spec.template.spec;
      const whole = (pod["securityContext"] ?? {}) as SecurityContext;
      const volumes = (pod["volumes"] ?? []) as object[];
      expect([metadata.name, volumes.some((volume) => "hostPath" in volume)]).toEqual([metadata.name, false]);
      for (const key of ["hostNetwork", "hostPID", "hostIPC"]) expect(pod[key] ?? false).toBe(false);
      for (const container of containersOf(pod)) {
        expect([metadata.name, container.name, effective(container, whole)]).toEqual([
          metadata.name,
          container.name,
          { runAsNonRoot: true, allowPrivilegeEscalation: false, drop: ["ALL"], add: [], seccomp: "RuntimeDefault" },
        ]);
      }
    }
  });
});

function effective(container: Container, pod: SecurityContext) {
  const own = (container["securityContext"] ?? {}) as SecurityContext;
  return {
    runAsNonRoot: own.runAsNonRoot ?? pod.runAsNonRoot,
    allowPrivilegeEscalation: own.allowPrivilegeEscalation,
    drop: own.capabilities?.drop,
    add: own.capabilities?.add ?? [],
    seccomp: (own.seccompProfile ?? pod.seccompProfile)?.type,
  };
}
