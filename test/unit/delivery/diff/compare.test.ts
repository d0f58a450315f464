import { describe, expect, it } from "vitest";
import { compare } from "../../../../delivery/diff/compare";
import { loadPlatform } from "../../../../model/load";
import { platform, SHOP } from "../promote/platform";

const CATALOGUE = {
  [SHOP]: `organisation: acme
name: shop
groups: { read: [everybody] }
environments:
  dev: { network: { egressToCidrs: [10.0.0.0/8] } }
  prod: { quota: { cpu: "16" }, autosync: false, syncWindows: [{ kind: allow, schedule: 0 22 * * *, duration: 6h, applications: [deploy] }] }
repositories:
  - name: deploy
    url: https://git.acme.example/shop/deploy.git
    kind: kustomize
    path: overlays/<env>
    revision: release/<env>
    images: [nginx=harbor.example/nginx:1.29.1, redis:7]
    environments: { dev: { images: [redis:8] } }
  - name: api
    url: https://git.acme.example/shop/api.git
    kind: helm
    valueFiles: [values-<env>.yaml]
    environments: { dev: { revision: main }, prod: { revision: v1.4.0 } }
`,
  "catalog/acme/cart.yaml":
    "organisation: acme\nname: cart\nenvironments: [dev]\nrepositories: [{ name: deploy, url: https://git.acme.example/c.git, kind: manifests }]\n",
  "Pulumi.dev.yaml": 'config: { "gitops-factory:argocd": { url: https://argocd.dev.example } }\n',
  "Pulumi.prod.yaml": `config:
  gitops-factory:argocd: { url: https://argocd.prod.example, settings: { exec.enabled: false } }
  gitops-factory:dns: { forwards: [{ zone: protobox, to: ["10.0.0.53:53"] }] }
`,
};

function differences(only?: ReadonlySet<string>) {
  const root = platform(CATALOGUE);
  const [left, right] = ["dev", "prod"].map((stack) => loadPlatform({ root, stack }).platform);
  if (left === undefined || right === undefined) throw new Error("two platforms are expected");
  const found = compare({ left, right, ...(only !== undefined && { only }) });
  return found.map(({ project = "platform", place, ...sides }) => [project, place, sides.left, sides.right]);
}

describe("factory diff tells", () => {
  it("what is different, and not what differs by the environments' names", () => {
    expect(differences()).toEqual([
      ["platform", "argocd.settings", undefined, "exec.enabled false"],
      ["platform", "dns", undefined, expect.stringContaining("protobox (to 10.0.0.53:53, cacheSeconds 30)")],
      ["platform", "deletion.protect", "false", "true"],
      ["acme/cart", "", "is there", undefined],
      ["acme/shop", "quota.cpu", "2", "16"],
      ["acme/shop", "syncWindows", undefined, expect.stringContaining("kind allow, schedule 0 22 * * *")],
      ["acme/shop", "network", "egressToCidrs 10.0.0.0/8", undefined],
      ["acme/shop", "repositories.deploy.images.redis", "8", "7"],
      ["acme/shop", "repositories.deploy.sync.automated", "true", "false"],
      ["acme/shop", "repositories.api.revision", "main", "v1.4.0"],
      ["acme/shop", "repositories.api.sync.automated", "true", "false"],
    ]);
  });

  it("that of some projects alone", () => {
    expect(differences(new Set(["acme/cart"]))).toEqual([["acme/cart", "", "is there", undefined]]);
  });

  it("nothing of an environment and itself", () => {
    const { platform: dev } = loadPlatform({ root: platform(CATALOGUE), stack: "dev" });
    expect(compare({ left: dev, right: dev })).toEqual([]);
  });
});
