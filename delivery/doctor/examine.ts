import { loadPlatform } from "../../model/load";
import type { Platform } from "../../model/platform";
import type { Problem } from "../../model/problem";
import { closedFinding, gatherApi, isReachable, judgeApi } from "./api";
import { gatherArgoCd, judgeArgoCd } from "./argocd";
import { gatherCertificates, judgeCertificates } from "./certificates";
import { judgeClock } from "./clock";
import { isThere, type ClusterApi } from "../cluster/cluster-api";
import { judgeDns } from "./dns";
import { gatherDns } from "./dns-facts";
import { gatherCredentials, judgeCredentials } from "./expiring-credentials";
import type { CheckName, Finding } from "./finding";
import { gatherGitHosts } from "./git-hosts";
import { judgeGitHosts } from "./git-verdict";
import { judgeGitLab } from "./gitlab";
import { gatherGitLab, type GitLabVisit } from "./gitlab-facts";
import { findTarget, type KubeFlags, type KubeTarget } from "../cluster/kube-target";
import { KubectlApi } from "../cluster/kubectl-api";
import { gatherNamespaces, judgeNamespaces } from "./namespaces";
import { gatherNodes, judgeNodes } from "./nodes";
import type { Examination } from "./report";
import { gatherRights, judgeRights } from "./rights";
import { codeOf } from "../http/tls-probe";
import { gatherServiceMonitors, judgeServiceMonitors } from "./service-monitors";
import { gatherVersion, judgeVersion } from "./version";

export interface ExamineOptions extends KubeFlags {
  /** The project's folder. */
  readonly root: string;
  readonly stack: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/**
 * Looks at the stack's cluster and at what its catalogue needs. It changes nothing anywhere.
 *
 * @throws UserError when the stack's config or the catalogue is not valid
 */
export async function examine({ root, stack, env, signal, ...flags }: ExamineOptions): Promise<Examination> {
  const { platform, warnings } = loadPlatform({ root, stack });
  const [hosts, gitlab, { target, findings }] = await Promise.all([
    gatherGitHosts(platform),
    examineGitLab(platform, stack, { root, env, signal }),
    findTarget(platform.kubernetes, flags, env).then(async ({ target: found, findings: before }) => ({
      target: found,
      findings:
        found === undefined ? before : [...before, ...(await examineCluster(found, platform, stack, env, signal))],
    })),
  ]);
  return {
    stack,
    environment: platform.environment,
    ...(target !== undefined && {
      cluster: { server: target.server, ...(target.context !== undefined && { context: target.context }) },
    }),
    findings: [...warnings.map(asFinding), ...otherClusters(platform), ...findings, ...judgeGitHosts(hosts), ...gitlab],
  };
}

async function examineGitLab({ gitlab }: Platform, stack: string, visit: GitLabVisit): Promise<readonly Finding[]> {
  if (gitlab === undefined) return [];
  return judgeGitLab(await gatherGitLab(gitlab, visit), gitlab, { stack, now: new Date() });
}

function asFinding({ severity, file, path, message, fix }: Problem): Finding {
  return { check: "config", severity, message: `${path === "" ? file : `${file}: ${path}`}: ${message}`, fix };
}

function otherClusters({ clusters }: Platform): readonly Finding[] {
  if (clusters.length === 0) return [];
  const names = clusters.map(({ name }) => name).join(", ");
  return [{ check: "config", severity: "note", message: `further clusters are not looked at: ${names}` }];
}

async function examineCluster(
  target: KubeTarget,
  platform: Platform,
  stack: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  // Without TLS, credentials are not sent anyway.
  if (!target.hasCredentials && target.server.startsWith("https:")) return [closedFinding(target)];
  let api: KubectlApi;
  try {
    api = await KubectlApi.open(target.args, env, signal);
  } catch (error) {
    return [closedFinding(target, codeOf(error))];
  }
  try {
    const facts = await gatherApi(target, api);
    const now = new Date();
    const findings = [
      ...judgeApi(facts),
      ...judgeCertificates(gatherCertificates(target, facts.tls), now),
      ...("date" in facts.identity ? judgeClock({ server: facts.identity.date, here: now }) : []),
    ];
    return isReachable(facts) ? [...findings, ...(await examineObjects(platform, stack, api))] : findings;
  } finally {
    await api.close();
  }
}

/** What the cluster holds. A check that the server fails is told as such, and the others go on. */
async function examineObjects(platform: Platform, stack: string, api: ClusterApi): Promise<readonly Finding[]> {
  const { argocd, dns } = platform;
  const shared = Promise.all([gatherVersion(api), gatherNodes(api)]);
  const findings = await Promise.all([
    guarded("rights", async () => judgeRights(await gatherRights(platform, api))),
    guarded("version", async () => judgeVersion((await shared)[0], argocd.manifests.version)),
    guarded("nodes", async () => judgeNodes((await shared)[1], argocd.manifests.variant)),
    guarded("dns", async () => {
      const [version, nodes] = await shared;
      const known = {
        ...(isThere(version) && { gitVersion: version.gitVersion }),
        nodes: isThere(nodes) ? nodes : [],
      };
      return judgeDns(await gatherDns(platform, api, known), dns);
    }),
    guarded("argocd", async () => judgeArgoCd(await gatherArgoCd(platform, api), platform)),
    guarded("argocd", async () => judgeServiceMonitors(await gatherServiceMonitors(argocd.metrics, api))),
    guarded("argocd", async () => {
      const { renewFrom } = platform.gitlab?.argocdTokens ?? { renewFrom: "" };
      return judgeCredentials(await gatherCredentials(platform, api), { stack, now: new Date(), renewFrom });
    }),
    guarded("namespaces", async () => judgeNamespaces(await gatherNamespaces(platform, api))),
  ]);
  return findings.flat();
}

async function guarded(check: CheckName, work: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await work();
  } catch (error) {
    // A bug of ours has a type; what the server or the connection did is a plain Error, or has a code.
    if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) throw error;
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
