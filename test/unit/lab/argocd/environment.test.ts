import { describe, expect, it } from "vitest";
import { type EnvironmentContext, environmentOf, expand } from "../../../../lab/argocd/environment";
import type { Container } from "../../../../lab/argocd/objects";

const context: EnvironmentContext = {
  configMaps: new Map([["params", { "log.level": "debug", empty: "" }]]),
  secrets: new Map([["redis", { auth: "s3cret" }]]),
  fields: { "metadata.namespace": "argocd" },
  pod: "pod argocd/argocd-server-lab",
};

function environment(container: Partial<Container>): Record<string, string> {
  return environmentOf({ name: "main", image: "image", ...container }, context);
}

describe("the environment of a container", () => {
  it("has plain values, keys of ConfigMaps and Secrets, and fields of the pod", () => {
    const env = [
      { name: "PLAIN", value: "1" },
      { name: "EMPTY" },
      { name: "LEVEL", valueFrom: { configMapKeyRef: { name: "params", key: "log.level" } } },
      { name: "REDIS_PASSWORD", valueFrom: { secretKeyRef: { name: "redis", key: "auth" } } },
      { name: "NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
    ];
    expect(environment({ env })).toEqual({
      PLAIN: "1",
      EMPTY: "",
      LEVEL: "debug",
      REDIS_PASSWORD: "s3cret",
      NAMESPACE: "argocd",
    });
  });

  it("lacks what is optional and not there, be it the key or the whole object, and keeps an empty value", () => {
    const reference = (name: string, key: string) => ({
      name: `${name}-${key}`,
      valueFrom: { configMapKeyRef: { name, key, optional: true } },
    });
    const env = [reference("params", "absent"), reference("absent", "log.level"), reference("params", "empty")];
    expect(environment({ env })).toEqual({ "params-empty": "" });
  });

  it.each([
    [
      "a key of a ConfigMap",
      { configMapKeyRef: { name: "params", key: "absent" } },
      "key absent of the ConfigMap params",
    ],
    ["a Secret", { secretKeyRef: { name: "absent", key: "auth" } }, "key auth of the Secret absent"],
    ["a field that no kubelet knows", { fieldRef: { fieldPath: "status.weather" } }, "field status.weather"],
  ])("is refused with the pod's name when it needs %s that is not there", (_, valueFrom, what) => {
    const env = [{ name: "NEEDED", valueFrom }];
    expect(() => environment({ env })).toThrow(new RegExp(`pod argocd/argocd-server-lab: the pod needs the ${what}`));
  });

  it("takes all keys of a source under a prefix, and the container's own variables win", () => {
    const envFrom = [{ prefix: "P_", configMapRef: { name: "params" } }, { secretRef: { name: "redis" } }];
    const env = [{ name: "auth", value: "own" }];
    expect(environment({ envFrom, env })).toEqual({ "P_log.level": "debug", P_empty: "", auth: "own" });
    expect(environment({ envFrom: [{ configMapRef: { name: "absent", optional: true } }] })).toEqual({});
    expect(() => environment({ envFrom: [{ secretRef: { name: "absent" } }] })).toThrow(/the Secret absent/);
  });

  it("puts earlier variables into later ones, as $(NAME)", () => {
    const env = [
      { name: "HOST", value: "redis" },
      { name: "URL", value: "$(HOST):$(PORT) $$(HOST)" },
      { name: "PORT", value: "6379" },
    ];
    expect(environment({ env })["URL"]).toBe("redis:$(PORT) $(HOST)");
  });
});

describe("expansion", () => {
  it("leaves what is no reference as it is", () => {
    expect(expand("a $HOME ${HOME} $( HOME) $(A)", (name) => (name === "A" ? "$(B)" : undefined))).toBe(
      "a $HOME ${HOME} $( HOME) $(B)",
    );
  });
});
