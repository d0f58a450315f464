import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiClient } from "../control-plane";

/** A lab may run for long, and nothing renews a token in it as a kubelet would. */
const tokenSeconds = 365 * 24 * 3600;

/**
 * Writes what a kubelet mounts into a pod of a service account: `token`, `ca.crt` and `namespace`.
 * @param ca the file with the API server's authority
 * @returns the folder
 */
export async function writeServiceAccount(
  client: ApiClient,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  ca: string,
  folder: string,
  signal?: AbortSignal,
): Promise<string> {
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
  const request = {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: { expirationSeconds: tokenSeconds },
  };
  const { status, body } = await client.post(path, request, signal);
  if (status !== 201) {
    throw new Error(`no token for the service account ${namespace}/${name}: the API server answers ${String(status)}`);
  }
  const { token } = (body as { status: { token: string } }).status;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, "token"), token, { mode: 0o600 });
  writeFileSync(join(folder, "namespace"), namespace);
  copyFileSync(ca, join(folder, "ca.crt"));
  return folder;
}
