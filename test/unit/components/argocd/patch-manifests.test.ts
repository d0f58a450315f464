import { describe, expect, it } from "vitest";
import { mirroredImage } from "../../../../components/argocd/patch-images";
import { patchManifests } from "../../../../components/argocd/patch-manifests";
import { containersOf } from "../../../../components/argocd/workload";
import type { Workload } from "../../../../components/argocd/workload";
import type { ArgoCdSettings } from "../../../../model/argocd-settings";
import { MANIFESTS, objectNamed } from "./manifests";
import { argocdSettings } from "./settings";

function patched(changes: Partial<ArgoCdSettings> = {}) {
  return patchManifests(MANIFESTS, argocdSettings(changes));
}

function workloadOf(name: string, changes: Partial<ArgoCdSettings> = {}): Workload {
  const kind = name === "argocd-application-controller" ? "StatefulSet" : "Deployment";
  return objectNamed(patched(changes), kind, name) as Workload;
}

describe("the official manifests", () => {
  it("keep their number and order, and are not changed themselves", () => {
    const before = structuredClone(MANIFESTS);
    const after = patched({
      workloads: { "argocd-server": { replicas: 3 } },
      parameters: { "server.insecure": "true" },
    });
    expect(after.map(({ kind, metadata }) => [kind, metadata.name])).toEqual(
      MANIFESTS.map(({ kind, metadata }) => [kind, metadata.name]),
    );
    expect(MANIFESTS).toEqual(before);
  });

  it("go into the namespace, but for what belongs to the cluster", () => {
    const places = patched({ namespace: "gitops" }).map(({ kind, metadata }) => [kind, metadata.namespace]);
    for (const [kind, namespace] of places) {
      const clusterWide = kind === "CustomResourceDefinition" || kind === "ClusterRoleBinding";
      expect([kind, namespace]).toEqual([kind, clusterWide ? undefined : "gitops"]);
    }
  });

  it("bind cluster roles to the service accounts of that namespace", () => {
    const objects = patched({ namespace: "gitops" });
    expect(objectNamed(objects, "ClusterRoleBinding", "argocd-server")["subjects"]).toEqual([
      { kind: "ServiceAccount", name: "argocd-server", namespace: "gitops" },
    ]);
    expect(objectNamed(objects, "RoleBinding", "argocd-server")["subjects"]).toEqual([
      { kind: "ServiceAccount", name: "argocd-server" },
    ]);
  });
});

describe("replicas and resources", () => {
  it("leave a workload without settings as it is", () => {
    expect(workloadOf("argocd-server").spec).toEqual(objectNamed(MANIFESTS, "Deployment", "argocd-server")["spec"]);
  });

  it("go to the workload of that name only", () => {
    const objects = patched({ workloads: { "argocd-server": { replicas: 3 } } });
    expect((objectNamed(objects, "Deployment", "argocd-server") as Workload).spec["replicas"]).toBe(3);
    expect((objectNamed(objects, "Deployment", "argocd-redis") as Workload).spec["replicas"]).toBe(1);
    expect((objectNamed(objects, "Deployment", "argocd-repo-server") as Workload).spec).not.toHaveProperty("replicas");
  });

  it("tell the application controller how many share its work", () => {
    const { spec } = workloadOf("argocd-application-controller", {
      workloads: { "argocd-application-controller": { replicas: 2 } },
    });
    expect(spec["replicas"]).toBe(2);
    expect(spec.template.spec.containers[0]?.env?.[0]).toEqual({ name: "ARGOCD_CONTROLLER_REPLICAS", value: "2" });
  });

  it("give the resources to the first container alone", () => {
    const resources = { requests: { cpu: "100m" }, limits: { memory: "1Gi" } };
    const { containers } = workloadOf("argocd-redis", { workloads: { "argocd-redis": { resources } } }).spec.template
      .spec;
    expect(containers.map((container) => container["resources"])).toEqual([resources, undefined]);
  });
});

describe("an image registry", () => {
  it.each([
    ["quay.io/argoproj/argocd:v3.2.12", "mirror:5000/argoproj/argocd:v3.2.12"],
    ["public.ecr.aws/docker/library/redis:8.2.2-alpine", "mirror:5000/docker/library/redis:8.2.2-alpine"],
    ["localhost/redis", "mirror:5000/redis"],
    ["registry:5000/redis@sha256:0a", "mirror:5000/redis@sha256:0a"],
    ["redis:8", "mirror:5000/library/redis:8"],
    ["bitnami/redis:8", "mirror:5000/bitnami/redis:8"],
  ])("turns %s into %s", (image, mirrored) => {
    expect(mirroredImage(image, "mirror:5000")).toBe(mirrored);
  });

  it("serves every container, those that initialise a pod included", () => {
    const images = patched({ imageRegistry: "mirror" })
      .filter(({ apiVersion }) => apiVersion === "apps/v1")
      .flatMap((object) => containersOf((object as Workload).spec.template.spec))
      .map(({ image }) => image);
    expect(images).toHaveLength(6);
    for (const image of images) expect(image).toMatch(/^mirror\//);
  });
});

describe("host aliases", () => {
  it("are forced into the pods of the server and the repo server, and no others", () => {
    const hostAliases = [{ ip: "10.0.0.7", hostnames: ["git.protobox"] }];
    const having = patched({ hostAliases })
      .filter(({ apiVersion }) => apiVersion === "apps/v1")
      .map((object) => [object.metadata.name, (object as Workload).spec.template.spec["hostAliases"]]);
    expect(Object.fromEntries(having)).toEqual({
      "argocd-server": hostAliases,
      "argocd-repo-server": hostAliases,
      "argocd-redis": undefined,
      "argocd-application-controller": undefined,
    });
  });

  it("leave no empty list behind", () => {
    expect(workloadOf("argocd-server").spec.template.spec).not.toHaveProperty("hostAliases");
  });
});
