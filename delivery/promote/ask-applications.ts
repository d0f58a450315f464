import type { Application } from "../argocd/application";
import type { KubeFlags } from "../cluster/kubeconfig-source";
import { argoCds, serversOf, type ServerFlags } from "../status/servers";
import { applicationsOfStack, type FoundApplications } from "../status/sources";

/** Which Argo CD, or which cluster, is asked. */
export interface AskFlags extends ServerFlags, KubeFlags {}

/** Whether the user has said who is asked. */
export function isNamed({ server, config, kubeconfig, context }: AskFlags): boolean {
  const named = [server, config, kubeconfig, context, process.env["ARGOCD_SERVER"]];
  return named.some((one) => one !== undefined && one !== "");
}

/**
 * The Applications of an environment: asked of Argo CD where one is named, else of the cluster of the environment's stack.
 *
 * @param command for messages: `factory promote`
 * @throws UserError when it cannot be asked
 */
export async function askApplications(
  flags: AskFlags,
  stack: string,
  command: string,
  signal: AbortSignal,
): Promise<FoundApplications> {
  const { root, kubeconfig, context } = flags;
  const servers = kubeconfig === undefined && context === undefined ? serversOf(flags, command) : [];
  if (servers.length === 0) {
    const kube = { ...(kubeconfig !== undefined && { kubeconfig }), ...(context !== undefined && { context }) };
    return applicationsOfStack({ root, stack, env: process.env, signal, ...kube });
  }
  const found: Application[] = [];
  for (const api of argoCds(servers, signal)) found.push(...(await api.applications()));
  return { from: servers.map(({ url }) => url).join(", "), applications: found };
}
