import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SHOP, workspace } from "../../model/workspace";
import { adoptFound, application, filesOf, found, URL } from "./found";

/** A catalogue file with its team's own words and order. */
const FILE = `# The shop's.
organisation: acme
name: shop
environments: [dev] # staging follows
podSecurity: privileged
network: { open: true }
repositories:
  - name: deploy # what runs
    url: ${URL}
    kind: kustomize
    path: overlays/<env>
`;

const IDENTITY = { organisation: "acme", project: "shop", environment: "prod", repository: "deploy" };

/** What becomes of the file when Applications are adopted in prod that is not in it yet. */
function adoptedInProd(text: string, spec: object = {}) {
  const root = workspace({ "catalog/acme/shop.yaml": SHOP });
  writeFileSync(join(root, "catalog/acme/shop.yaml"), text);
  const source = { repoURL: URL, targetRevision: "v1", path: "overlays/prod" };
  const objects = [
    application("argo-shop", { source, ...spec }),
    found("Namespace", "shop"),
    found(
      "ResourceQuota",
      "dso-quota",
      { spec: { hard: { "limits.cpu": "8", "limits.memory": "4Gi", pods: "50" } } },
      "shop",
    ),
  ];
  return filesOf(adoptFound(objects, { mapping: { "argo-shop": IDENTITY } }), root)[0];
}

describe("A further environment of a project", () => {
  it("is written into its file, and every other line stays", () => {
    const file = adoptedInProd(FILE);
    expect(file?.state).toBe("extended");
    const environments =
      'environments:\n  # staging follows\n  dev:\n  prod:\n    quota:\n      cpu: "8"\n    names:\n      namespace: shop\n';
    const own = "    environments:\n      prod:\n        revision: v1\n        applicationName: argo-shop\n";
    expect(file?.text).toBe(FILE.replace("environments: [dev] # staging follows\n", environments) + own);
  });

  it("is refused where it cannot be said of that environment alone", () => {
    expect(adoptedInProd(FILE, { syncPolicy: { automated: { prune: false } } })?.state).toBe("different");
  });

  it("is refused where the file is written so that other lines would change", () => {
    expect(adoptedInProd(FILE.replace("kind: kustomize", "kind:   kustomize"))).toMatchObject({
      state: "different",
      differences: ["environments.prod"],
    });
  });
});
