import { describe, expect, it } from "vitest";
import type { Service, Workload } from "../../../../lab/argocd/objects";
import { serviceEntries } from "../../../../lab/argocd/service-names";

const metadata = (name: string) => ({ name, namespace: "gitops", uid: name });

function workload(name: string): Workload {
  const labels = { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "argocd" };
  return { metadata: metadata(name), spec: { template: { metadata: { labels }, spec: { containers: [] } } } };
}

const service = (name: string, selector?: Record<string, string>): Service => ({
  metadata: metadata(name),
  spec: selector === undefined ? {} : { selector },
});

describe("the names of Services", () => {
  const workloads = [workload("argocd-redis"), workload("argocd-repo-server"), workload("argocd-dex-server")];
  const addresses = { "argocd-redis": "127.10.0.22", "argocd-repo-server": "127.10.0.21" };
  const entries = (...services: Service[]) => serviceEntries(services, workloads, addresses);

  it("lead to the address of what the Service selects, short and in full", () => {
    expect(entries(service("cache", { "app.kubernetes.io/name": "argocd-redis" }))).toEqual([
      {
        ip: "127.10.0.22",
        hostnames: ["cache", "cache.gitops", "cache.gitops.svc", "cache.gitops.svc.cluster.local"],
      },
    ]);
  });

  it("lead nowhere when a Service selects nothing, only a part of its labels fits, or the lab does not run it", () => {
    const name = "app.kubernetes.io/name";
    expect(
      entries(
        service("external"),
        service("other", { [name]: "argocd-redis", "app.kubernetes.io/part-of": "other" }),
        service("dex", { [name]: "argocd-dex-server" }),
      ),
    ).toEqual([]);
  });
});
