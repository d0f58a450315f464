import { waitUntilReady } from "../process";
import type { KubernetesObject } from "../../manifests";
import type { ApiClient } from "./api-client";

/** The kinds that a lab starts with, and where the API has them. */
const resources: Readonly<Record<string, string>> = {
  ConfigMap: "api/v1/namespaces/{namespace}/configmaps",
  Service: "api/v1/namespaces/{namespace}/services",
  ServiceAccount: "api/v1/namespaces/{namespace}/serviceaccounts",
  Node: "api/v1/nodes",
  ClusterRole: "apis/rbac.authorization.k8s.io/v1/clusterroles",
  ClusterRoleBinding: "apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
};

/** A freshly started API server makes its own namespaces only after it says that it is ready. */
const timeout = 30_000;

/**
 * Creates an object in the name of a field manager, as `metadata.managedFields` will show. One that exists is left
 * as it is, with all that was changed in it since.
 */
export async function createUnlessThere(
  client: ApiClient,
  object: KubernetesObject,
  manager: string,
  signal: AbortSignal,
): Promise<void> {
  const { kind, metadata } = object;
  const resource = resources[kind];
  if (resource === undefined) throw new Error(`the lab has no path for the kind ${kind}`);
  const collection = `/${resource.replace("{namespace}", metadata.namespace ?? "")}`;
  let refusal: string | undefined;
  const delay = await waitUntilReady(
    async (look) => {
      // Asked first: creating a Service that exists would fail on its address, before its name is looked at.
      const existing = await client.get(`${collection}/${metadata.name}`, look);
      if (existing.status === 200) return true;
      const { status, body } = await client.post(`${collection}?fieldManager=${manager}`, object, look);
      if (status === 201 || status === 409) return true;
      const answer = `the API server answers ${String(status)}: ${messageOf(body)}`;
      // The namespace is not there yet, or the server is too busy. Anything else does not pass by itself.
      if (status === 404 || status === 429 || status >= 500) return answer;
      refusal = answer;
      return true;
    },
    timeout,
    signal,
  );
  const problem = refusal ?? delay;
  if (problem !== undefined) throw new Error(`${kind} ${metadata.name} could not be created: ${problem}`);
}

function messageOf(body: unknown): string {
  const message = typeof body === "object" && body !== null && "message" in body ? body.message : body;
  return typeof message === "string" ? message : JSON.stringify(message);
}
