import { UserError } from "../../model/problem";
import type { ClusterAccess } from "../cluster/cluster-access";
import type { ClusterApi } from "../cluster/cluster-api";
import { findTarget, type KubeTarget } from "../cluster/kube-target";
import type { ClusterOptions } from "../cluster/kubeconfig-source";
import { askServer, isReachable, openApi } from "../cluster/server";
import { isBug } from "../cluster/visit-cluster";
import { codeOf } from "../http/tls-probe";
import { judgeApi, problemFinding } from "./api";
import { gatherCertificates, judgeCertificates } from "./certificates";
import { judgeClock } from "./clock";
import type { CheckName, Finding } from "./finding";

/** One cluster as far as it could be looked at. */
export interface ServerExamination {
  /** Absent where no cluster could be told from the kubeconfig. */
  readonly target?: KubeTarget;
  readonly findings: readonly Finding[];
}

/**
 * Looks at a cluster's API server and, where it answers, at what the cluster holds.
 *
 * @param examineObjects what there is to look at in it
 */
export async function examineServer(
  access: ClusterAccess,
  options: ClusterOptions,
  examineObjects: (api: ClusterApi) => Promise<readonly Finding[]>,
): Promise<ServerExamination> {
  let target: KubeTarget | undefined;
  try {
    target = await findTarget(access, options);
    return { target, findings: await examineTarget(target, options, examineObjects) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const findings = error.problems.map((problem) => problemFinding("api", problem));
    return { ...(target !== undefined && { target }), findings };
  }
}

async function examineTarget(
  target: KubeTarget,
  { env, signal }: ClusterOptions,
  examineObjects: (api: ClusterApi) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const api = await openApi(target, env, signal);
  try {
    const facts = await askServer(target, api);
    const now = new Date();
    const findings = [
      ...judgeApi(target, facts),
      ...judgeCertificates(gatherCertificates(target, facts.tls), now),
      ...("date" in facts.identity ? judgeClock({ server: facts.identity.date, here: now }) : []),
    ];
    return isReachable(facts) ? [...findings, ...(await examineObjects(api))] : findings;
  } finally {
    await api.close();
  }
}

/** One check; that the server fails it is told as such, and the others go on. */
export async function guarded(check: CheckName, work: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await work();
  } catch (error) {
    if (isBug(error)) throw error;
    return [
      {
        check,
        severity: "warning",
        message: `it could not be looked at: ${error instanceof Error ? error.message : codeOf(error)}`,
        fix: "run this again; if it stays, see the API server's log",
      },
    ];
  }
}
