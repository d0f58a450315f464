import * as kubernetes from "@pulumi/kubernetes";
import { describe, expect, it } from "vitest";
import { KubernetesResource, resourceType } from "../../../components/kubernetes-resource";
import { declared } from "./declared";

/** A typed class of the SDK knows the type that it registers. */
interface TypedClass {
  new (name: string, args: never): unknown;
}

const CLASSES: readonly [string, string, TypedClass][] = [
  ["v1", "ConfigMap", kubernetes.core.v1.ConfigMap],
  ["v1", "ServiceAccount", kubernetes.core.v1.ServiceAccount],
  ["apps/v1", "Deployment", kubernetes.apps.v1.Deployment],
  ["apps/v1", "StatefulSet", kubernetes.apps.v1.StatefulSet],
  ["rbac.authorization.k8s.io/v1", "ClusterRoleBinding", kubernetes.rbac.v1.ClusterRoleBinding],
  ["networking.k8s.io/v1", "NetworkPolicy", kubernetes.networking.v1.NetworkPolicy],
  ["apiextensions.k8s.io/v1", "CustomResourceDefinition", kubernetes.apiextensions.v1.CustomResourceDefinition],
];

describe("an object of any kind", () => {
  it.each(CLASSES)("%s %s has the type of the SDK's own class", async (apiVersion, kind, TypedClass) => {
    const [typed] = await declared(
      () => new TypedClass("x", { metadata: { name: "x" }, spec: {}, roleRef: {} } as never),
    );
    expect(resourceType({ apiVersion, kind })).toBe(typed?.type);
  });

  it("is registered as it is", async () => {
    const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { key: "value" } };
    const [resource] = await declared(() => new KubernetesResource("a", object, {}));
    expect(resource).toMatchObject({
      type: "kubernetes:core/v1:ConfigMap",
      name: "a",
      inputs: object,
      secretOutputs: [],
    });
  });

  it("marks what a Secret holds as secret outputs", async () => {
    const object = { apiVersion: "v1", kind: "Secret", metadata: { name: "a" } };
    const [resource] = await declared(() => new KubernetesResource("a", object, {}));
    expect(resource?.secretOutputs).toEqual(["data", "stringData"]);
  });
});
