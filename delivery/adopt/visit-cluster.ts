import type { KubernetesAccess } from "../../model/platform";
import { UserError } from "../../model/problem";
import type { Finding } from "../doctor/finding";
import { closedFinding } from "../doctor/api";
import { findTarget } from "../cluster/kube-target";
import { KubectlApi } from "../cluster/kubectl-api";
import { codeOf } from "../http/tls-probe";
import type { AdoptFlags } from "./usage";

export interface Visit extends Pick<AdoptFlags, "kubeconfig" | "context"> {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Does some work on the cluster that the stack means. Throws a UserError where it cannot be reached. */
export async function visitCluster<T>(
  access: KubernetesAccess,
  visit: Visit,
  work: (api: KubectlApi) => Promise<T>,
): Promise<T> {
  const { kubeconfig, context, env, signal } = visit;
  const flags = { ...(kubeconfig !== undefined && { kubeconfig }), ...(context !== undefined && { context }) };
  const { target, findings } = await findTarget(access, flags, env);
  if (target === undefined) throw unreachable(findings);
  for (const { message, fix } of findings) process.stderr.write(`warning: ${message}\n  fix:     ${fix ?? ""}\n`);
  let api: KubectlApi;
  try {
    api = await KubectlApi.open(target.args, env, signal);
  } catch (error) {
    throw unreachable([closedFinding(target, codeOf(error))]);
  }
  try {
    return await work(api);
  } catch (error) {
    if (error instanceof UserError || signal.aborted) throw error;
    throw unreachable([closedFinding(target, error instanceof Error ? error.message : codeOf(error))]);
  } finally {
    await api.close();
  }
}

function unreachable(findings: readonly Finding[]): UserError {
  return new UserError(
    findings.map(({ message, fix }) => ({ severity: "error", file: "the cluster", path: "", message, fix: fix ?? "" })),
  );
}
