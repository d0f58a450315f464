import { describe, expect, it } from "vitest";
import { readCluster, readNamespaces } from "../../../../delivery/adopt/read-cluster";
import { kubeTarget } from "../cluster/target";
import { fakeApi } from "../doctor/fake-api";

describe("Reading a cluster", () => {
  const target = kubeTarget();
  const empty = { items: [] };
  const around = {
    "/api/v1/namespaces": { items: [{ metadata: { name: "shop" } }] },
    "/api/v1/resourcequotas": empty,
    "/api/v1/limitranges": empty,
    "/apis/networking.k8s.io/v1/networkpolicies": empty,
  };

  it("gives the objects of a further one its name", async () => {
    const objects = await readNamespaces({ api: fakeApi(around), target, cluster: "edge" });
    expect(objects).toMatchObject([{ kind: "Namespace", origin: "the cluster edge", cluster: "edge" }]);
  });

  it.each([
    [404, "ada.yaml: context blue: https://10.0.0.1:6443 has no Argo CD: it knows no Applications in argocd"],
    [403, "ada.yaml: context blue: you may not list Applications in argocd (403): status 403"],
  ])("says why it cannot be read (%s)", async (status, message) => {
    const path = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications";
    const secrets = `/api/v1/namespaces/argocd/secrets?labelSelector=${encodeURIComponent("argocd.argoproj.io/secret-type in (repository,repo-creds,cluster)")}`;
    const argo = {
      [path.replace("applications", "appprojects")]: empty,
      [path.replace("applications", "applicationsets")]: empty,
    };
    const api = fakeApi({ ...around, ...argo, [secrets]: empty, [path]: status });
    await expect(readCluster({ api, target }, "argocd")).rejects.toThrow(message);
  });

  it("says all that may not be listed at once, and once what it says of each", async () => {
    const refused = readNamespaces({
      api: fakeApi({ ...around, "/api/v1/limitranges": 403, "/apis/networking.k8s.io/v1/networkpolicies": 403 }),
      target,
    });
    await expect(refused).rejects.toMatchObject({
      problems: [
        { message: expect.stringContaining("list LimitRanges of all namespaces") as string },
        { message: expect.stringContaining("list NetworkPolicies of all namespaces") as string },
      ],
    });
    const unknown = readNamespaces({
      api: fakeApi(Object.fromEntries(Object.keys(around).map((path) => [path, 401]))),
      target,
    });
    await expect(unknown).rejects.toMatchObject({
      problems: [{ message: expect.stringContaining("(401)") as string }],
    });
  });

  it("says what may not be listed of all namespaces", async () => {
    const api = fakeApi({ ...around, "/api/v1/limitranges": 403 });
    await expect(readNamespaces({ api, target, cluster: "edge" })).rejects.toThrow(
      "you may not list LimitRanges of all namespaces (403)",
    );
  });
});
