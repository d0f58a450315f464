import { type ProcessSpec, waitUntilReady } from "../process";
import type { KubernetesObject } from "../../manifests";
import type { ApiClient } from "./api-client";
import { createUnlessThere } from "./create-object";

/** The one node, which kwok plays: room for all that anyone wants to try. */
const node: KubernetesObject = {
  apiVersion: "v1",
  kind: "Node",
  metadata: {
    name: "lab-node",
    annotations: { "kwok.x-k8s.io/node": "fake" },
    labels: {
      "kubernetes.io/hostname": "lab-node",
      "kubernetes.io/os": "linux",
      "kubernetes.io/arch": process.arch === "arm64" ? "arm64" : "amd64",
      "node-role.kubernetes.io/worker": "",
      type: "kwok",
    },
  },
  status: {
    allocatable: { cpu: "64", memory: "256Gi", pods: "1000" },
    capacity: { cpu: "64", memory: "256Gi", pods: "1000" },
  },
};

/** Heartbeats, the taint's removal and the service account take seconds; this is for machines that are very busy. */
const timeout = 120_000;

/** Creates the node and waits until pods can be created and scheduled. */
export async function ensureNode(client: ApiClient, signal: AbortSignal): Promise<void> {
  await createUnlessThere(client, node, "gitops-factory-lab", signal);
  const problem = await waitUntilReady(readyForPods(client), timeout, signal);
  if (problem !== undefined)
    throw new Error(`the lab's node was not ready within ${String(timeout / 1000)} s: ${problem}`);
}

/** Ready when the node says so and has no taint, and when pods find the service account that they get by default. */
function readyForPods(client: ApiClient): ProcessSpec["ready"] {
  return async (signal) => {
    const { body } = await client.get(`/api/v1/nodes/${node.metadata.name}`, signal);
    const { spec, status } = body as NodeAnswer;
    if (status?.conditions?.find((condition) => condition.type === "Ready")?.status !== "True") {
      return "its condition Ready is not True";
    }
    const taints = spec?.taints ?? [];
    if (taints.length > 0) return `it still has the taint ${taints.map((taint) => taint.key).join(", ")}`;
    const account = await client.get("/api/v1/namespaces/default/serviceaccounts/default", signal);
    return account.status === 200 ? true : "the namespace default has no service account yet";
  };
}

interface NodeAnswer {
  readonly spec?: { readonly taints?: readonly { readonly key: string }[] };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}
