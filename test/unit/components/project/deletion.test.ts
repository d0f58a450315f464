import { describe, expect, it } from "vitest";
import { SecretText } from "../../../../model/secret";
import { repository } from "./projects";
import { stand } from "./stand";

const PRIVATE = repository({
  credentials: { kind: "https", username: "bot", password: SecretText.known("hunter2") },
});

describe("the component Project, when it is deleted", () => {
  it("protects what deletes workloads when it goes", async () => {
    const kept = (await stand({ repositories: [PRIVATE] }, { protect: true })).filter((resource) => resource.protect);
    expect(kept.map(({ name }) => name).sort()).toEqual([
      "shop-app-project",
      "shop-application-deploy",
      "shop-namespace",
    ]);
  });

  it("waits for Argo CD's finalizers as long as the platform says, else as long as the provider does", async () => {
    const timeouts = async (deletion: object) =>
      (await stand({ repositories: [PRIVATE] }, deletion))
        .filter(({ deleteTimeout }) => deleteTimeout !== "")
        .map(({ name, deleteTimeout }) => [name, deleteTimeout]);
    expect(await timeouts({ timeoutSeconds: 1800 })).toEqual([["shop-application-deploy", "1800s"]]);
    expect(await timeouts({})).toEqual([]);
  });

  it.each(["foreground", "background", "orphan"] as const)(
    "leaves nothing behind when workloads go: %s",
    async (way) => {
      expect((await stand({}, { workloads: way })).filter((resource) => resource.retainOnDelete)).toEqual([]);
    },
  );

  it("leaves the namespace and its guards behind when workloads stay", async () => {
    const stay = (await stand({}, { workloads: "retain" })).filter((resource) => resource.retainOnDelete);
    expect(stay.map(({ name }) => name).sort()).toEqual([
      "shop-allow-dns",
      "shop-allow-same-namespace",
      "shop-default-deny",
      "shop-limits",
      "shop-namespace",
      "shop-quota",
    ]);
  });
});
