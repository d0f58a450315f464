import { describe, expect, it } from "vitest";
import { clusterProvider } from "../../../components/cluster-provider";
import { SecretText } from "../../../model/secret";
import { declared } from "./declared";

const ALWAYS = {
  enableServerSideApply: "true",
  enableConfigMapMutable: "true",
  enableSecretMutable: "true",
  upsertExistingObjects: "true",
};

describe("the provider of a cluster", () => {
  it("takes the ambient kubeconfig when nothing else is said", async () => {
    const [provider] = await declared(() => clusterProvider("in-cluster", { access: {} }));
    expect(provider).toMatchObject({ type: "pulumi:providers:kubernetes", name: "in-cluster" });
    expect(withoutAmbient(provider?.inputs)).toEqual(ALWAYS);
  });

  it("keeps a kubeconfig secret", async () => {
    const access = { kubeconfig: SecretText.known("apiVersion: v1"), context: "prod" };
    const [provider] = await declared(() => clusterProvider("in-cluster", { access }));
    expect(provider?.inputs).toEqual({ ...ALWAYS, kubeconfig: "[secret]", context: "prod" });
    expect(provider?.revealed["kubeconfig"]).toBe("apiVersion: v1");
  });

  it("is another one only for another server", async () => {
    const [provider] = await declared(() => clusterProvider("eu", { access: { context: "eu" }, server: "https://eu" }));
    expect(withoutAmbient(provider?.inputs)).toEqual({ ...ALWAYS, context: "eu", clusterIdentifier: "https://eu" });
  });
});

/** The SDK fills in the shell's KUBECONFIG. */
function withoutAmbient(inputs: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== "kubeconfig"));
}
