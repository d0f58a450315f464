import { UserError } from "../../model/problem";
import { codeOf } from "../http/tls-probe";
import type { ClusterAccess } from "./cluster-access";
import type { KubectlApi } from "./kubectl-api";
import { findTarget, type KubeTarget } from "./kube-target";
import type { ClusterOptions } from "./kubeconfig-source";
import { askServer, openApi, unreachable } from "./server";
import { cutOff } from "./server-problems";

/**
 * Does some work on a cluster of a stack.
 *
 * @throws UserError that names the kubeconfig, its context and the server, where the cluster cannot be asked or ceases
 * to answer
 */
export async function visitCluster<T>(
  access: ClusterAccess,
  options: ClusterOptions,
  work: (api: KubectlApi, target: KubeTarget) => Promise<T>,
): Promise<T> {
  const { env, signal } = options;
  const target = await findTarget(access, options);
  const api = await openApi(target, env, signal);
  try {
    const problem = unreachable(target, await askServer(target, api));
    if (problem !== undefined) throw new UserError([problem]);
    return await work(api, target);
  } catch (error) {
    if (error instanceof UserError || isBug(error)) throw error;
    signal.throwIfAborted();
    throw new UserError([cutOff(target, error instanceof Error ? error.message : codeOf(error))]);
  } finally {
    await api.close();
  }
}

/** A bug of ours has a type; what the server or the connection did is a plain Error, or has a code. */
export function isBug(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
}
