import { describe, expect, it } from "vitest";
import { declarePlatform } from "../../../components/platform";
import { MANIFESTS } from "./argocd/manifests";
import { argocdSettings } from "./argocd/settings";
import { declared } from "./declared";
import { project } from "./project/projects";

interface Owned {
  readonly object: string;
  /** `undefined` lets the provider make one up. */
  readonly manager: string | undefined;
  /** Whether it takes over what others own. */
  readonly forced: boolean;
}

/** Each declared object of a platform, a patch by the name of what it patches, and who owns its fields. */
async function owners(): Promise<Owned[]> {
  const forwards = [{ zone: "protobox", to: ["10.0.0.53:53"], cacheSeconds: 30 }];
  const target = { kind: "corefile", namespace: "kube-system", name: "coredns", key: "Corefile" } as const;
  const resources = await declared(
    () =>
      declarePlatform(
        {
          environment: "dev",
          kubernetes: {},
          argocd: argocdSettings({}),
          dns: { forwards, targets: [target] },
          deletion: { protect: false, workloads: "foreground" },
          clusters: [],
          projects: [project()],
        },
        MANIFESTS,
      ),
    "dev",
    { "kube-system/coredns": { data: { Corefile: ".:53 {\n    forward . /etc/resolv.conf\n}\n" }, metadata: {} } },
  );
  return resources.flatMap(({ type, inputs }) => {
    const metadata = inputs["metadata"] as { namespace?: string; name: string; annotations?: Record<string, string> };
    if (!type.startsWith("kubernetes:") || metadata === undefined) return [];
    const object = `${type.replace(/Patch$/, "")} ${metadata.namespace ?? ""}/${metadata.name}`;
    const { "pulumi.com/patchFieldManager": manager, "pulumi.com/patchForce": force } = metadata.annotations ?? {};
    return [{ object, manager, forced: force === "true" }];
  });
}

describe("the owner of an object's fields", () => {
  it("is the platform, always, so that an update can go on after one that was killed before it saved its state", async () => {
    const objects = (await owners()).filter(({ forced }) => !forced);
    expect(objects.length).toBeGreaterThan(20);
    expect(new Set(objects.map(({ manager }) => manager))).toEqual(new Set(["gitops-factory-platform"]));
  });

  it("is another where an object is shared, and takes over what the same update has written before", async () => {
    const shared = (await owners()).filter(({ forced }) => forced);
    const secret = "kubernetes:core/v1:Secret argocd/argocd-secret";
    expect(shared.map(({ object, manager = "" }) => [object, manager]).sort()).toEqual([
      ["kubernetes:core/v1:ConfigMap kube-system/coredns", "gitops-factory-dns"],
      // Two fixed ones would contend for the annotation that names them.
      [secret, ""],
      [secret, "gitops-factory"],
    ]);
  });
});
