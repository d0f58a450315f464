import { describe, expect, it } from "vitest";
import { UserError } from "../../../../../model/problem";
import type { Answer } from "../../../../../delivery/cluster/cluster-api";
import { gatherImports, type Imports } from "../../../../../delivery/adopt/imports/gather-imports";
import type { DeclaredResource } from "../../../../../delivery/adopt/imports/declared-resource";
import { application, declare, namespace, PROVIDER, shopProject } from "./declared";

const NAMESPACE = "/api/v1/namespaces/shop";
const APPLICATION = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/old-shop";

interface Cluster {
  readonly live?: Readonly<Record<string, object>>;
  /** Answers an apply. @default with the object, so that nothing differs */
  readonly applied?: (isForced: boolean) => Answer;
}

/** Imports of what is declared, from clusters by their names; each request that is made is kept. */
async function gather(
  created: readonly DeclaredResource[],
  clusters: Readonly<Record<string, Cluster>>,
): Promise<Imports & { readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const imports = await gatherImports({ created, read: [] }, (name, work) => {
    const { live = {}, applied } = clusters[name] ?? {};
    return work({
      get: (path) => {
        asked.push(`${name} GET ${path}`);
        const body = live[path];
        return Promise.resolve(body === undefined ? { status: 404, body: {} } : { status: 200, body });
      },
      apply: (path, body) => {
        asked.push(`${name} APPLY ${path}`);
        return Promise.resolve(applied?.(path.endsWith("force=true")) ?? { status: 200, body });
      },
    });
  });
  return { ...imports, asked };
}

function live({ inputs }: DeclaredResource, rest: object = {}): object {
  return { ...inputs, ...rest };
}

describe("imports", () => {
  it("are the objects of a project that exist; the others are made by the update", async () => {
    const quota = declare("core/v1", "ResourceQuota", "dso-quota", { namespace: "shop" });
    const secret = declare("core/v1", "Secret", "shop-repo", { namespace: "argocd" });
    const patch = declare("core/v1", "ConfigMapPatch", "coredns", { namespace: "kube-system" });
    const { imported, absent, otherKinds, file } = await gather(
      [shopProject, application, quota, namespace, secret, patch],
      { "in-cluster": { live: { [NAMESPACE]: live(namespace), [APPLICATION]: live(application) } } },
    );
    expect(imported.map(({ id }) => id)).toEqual(["shop", "argocd/old-shop"]);
    expect(absent.map(({ id }) => id)).toEqual(["shop/dso-quota"]);
    expect(otherKinds.map(({ type }) => type)).toEqual(["kubernetes:core/v1:Secret"]);
    expect(file.resources.map(({ id }) => id)).toEqual([undefined, "shop", "argocd/old-shop"]);
  });

  it("tell what the API server says that differs after the very apply that the update does, as a dry run", async () => {
    const said = {
      ...namespace,
      inputs: { ...namespace.inputs, metadata: { name: "shop", labels: { tier: "gold" } } },
    };
    const before = { metadata: { name: "shop", resourceVersion: "1", managedFields: [] }, status: { phase: "Active" } };
    const after = { metadata: { name: "shop", resourceVersion: "1", labels: { tier: "gold" } }, status: {} };
    const { imported, asked } = await gather([shopProject, said], {
      "in-cluster": { live: { [NAMESPACE]: before }, applied: () => ({ status: 200, body: after }) },
    });
    expect(imported[0]?.update).toEqual({
      changes: [{ path: "metadata.labels.tier", after: "gold" }],
      ownedByOthers: [],
    });
    expect(asked).toEqual([
      `in-cluster GET ${NAMESPACE}`,
      `in-cluster APPLY ${NAMESPACE}?dryRun=All&fieldManager=gitops-factory-platform&force=false`,
    ]);
  });

  it("tell of fields that others own, and what would become of them", async () => {
    const conflict = { details: { causes: [{ reason: "FieldManagerConflict", field: ".spec.project" }] } };
    const { imported } = await gather([shopProject, application], {
      "in-cluster": {
        live: { [APPLICATION]: live(application, { spec: { project: "default" } }) },
        applied: (isForced) =>
          isForced
            ? { status: 200, body: live(application, { spec: { project: "shop" } }) }
            : { status: 409, body: conflict },
      },
    });
    expect(imported[0]?.update).toEqual({
      changes: [{ path: "spec.project", before: "default", after: "shop" }],
      ownedByOthers: ["spec.project"],
    });
  });

  it("are written also where the API server may not be asked, or a value is not known yet", async () => {
    const unknown = declare("argoproj.io/v1alpha1", "Application", "old-shop", {
      namespace: "argocd",
      inputs: { spec: { source: { repoURL: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" } } },
    });
    const { imported, file } = await gather([shopProject, namespace, unknown], {
      "in-cluster": {
        live: { [NAMESPACE]: live(namespace), [APPLICATION]: live(application) },
        applied: () => ({ status: 403, body: { message: "may not patch" } }),
      },
    });
    expect(imported.map(({ update }) => update.unasked)).toEqual([
      "the API server answers 403: may not patch",
      "some of its values are known to the update alone",
    ]);
    expect(file.resources).toHaveLength(3);
  });

  it("leave out a quota that the engine would replace for its scopes", async () => {
    const quota = declare("core/v1", "ResourceQuota", "dso-quota", { namespace: "shop" });
    const { imported, leftOut } = await gather([shopProject, quota], {
      "in-cluster": {
        live: { [`${NAMESPACE}/resourcequotas/dso-quota`]: live(quota, { spec: { scopes: ["Terminating"] } }) },
      },
    });
    expect(imported).toEqual([]);
    expect(leftOut[0]?.reason).toContain("scopes");
  });

  it("are looked for on the cluster of their provider", async () => {
    const far = declare("core/v1", "Namespace", "far", {
      name: "far",
      provider: PROVIDER.replace("in-cluster", "edge"),
    });
    const { imported, asked } = await gather([shopProject, namespace, far], {
      edge: { live: { "/api/v1/namespaces/far": live(far) } },
    });
    expect(imported.map(({ id, cluster }) => [id, cluster])).toEqual([["far", "edge"]]);
    expect(asked).toContain(`in-cluster GET ${NAMESPACE}`);
  });

  it("are refused where the cluster does not let us look", async () => {
    const forbidden = gatherImports({ created: [shopProject, namespace], read: [] }, (_name, work) =>
      work({
        get: () => Promise.resolve({ status: 403, body: { message: "namespaces is forbidden" } }),
        apply: () => Promise.reject(new Error("not asked for")),
      }),
    );
    await expect(forbidden).rejects.toThrow(UserError);
    await expect(forbidden).rejects.toThrow("the cluster: Namespace shop: it cannot be read: namespaces is forbidden");
  });
});
