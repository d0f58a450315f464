import { loadPlatform } from "../../model/load";
import type { Platform } from "../../model/platform";
import { furtherAccess, homeAccess } from "../cluster/cluster-access";
import { isThere, type ClusterApi } from "../cluster/cluster-api";
import type { ClusterOptions } from "../cluster/kubeconfig-source";
import { problemFinding } from "./api";
import { gatherArgoCd, judgeArgoCd } from "./argocd";
import { judgeDns } from "./dns";
import { gatherDns } from "./dns-facts";
import { gatherCredentials, judgeCredentials } from "./expiring-credentials";
import { examineFurther } from "./examine-further";
import { examineServer, guarded } from "./examine-server";
import type { Finding } from "./finding";
import { gatherGitHosts } from "./git-hosts";
import { judgeGitHosts } from "./git-verdict";
import { judgeGitLab } from "./gitlab";
import { gatherGitLab, type GitLabVisit } from "./gitlab-facts";
import { gatherNamespaces, judgeNamespaces } from "./namespaces";
import { gatherNodes, judgeNodes } from "./nodes";
import { homePurposes } from "./purposes";
import type { Examination } from "./report";
import { gatherRights, judgeRights } from "./rights";
import { gatherServiceMonitors, judgeServiceMonitors } from "./service-monitors";
import { gatherVersion, judgeVersion } from "./version";

export interface ExamineOptions extends ClusterOptions {
  readonly stack: string;
}

/**
 * Looks at the stack's clusters and at what its catalogue needs. It changes nothing anywhere.
 *
 * @throws UserError when the stack's config or the catalogue is not valid
 */
export async function examine(options: ExamineOptions): Promise<Examination> {
  const { root, stack, env, signal } = options;
  const { platform, stackFile, warnings } = loadPlatform({ root, stack });
  const { config = {} } = stackFile;
  const work = (api: ClusterApi): Promise<readonly Finding[]> => examineObjects(platform, stack, api);
  const [hosts, gitlab, { target, findings }, further] = await Promise.all([
    gatherGitHosts(platform),
    examineGitLab(platform, stack, { root, env, signal }),
    examineServer(homeAccess(config), options, work),
    examineFurther(platform, furtherAccess(config), options),
  ]);
  return {
    stack,
    environment: platform.environment,
    ...(target !== undefined && {
      cluster: { server: target.server, ...(target.context !== undefined && { context: target.context }) },
    }),
    findings: [
      ...warnings.map((problem) => problemFinding("config", problem)),
      ...findings,
      ...further,
      ...judgeGitHosts(hosts),
      ...gitlab,
    ],
  };
}

async function examineGitLab({ gitlab }: Platform, stack: string, visit: GitLabVisit): Promise<readonly Finding[]> {
  if (gitlab === undefined) return [];
  return judgeGitLab(await gatherGitLab(gitlab, visit), gitlab, { stack, now: new Date() });
}

/** What the cluster holds. A check that the server fails is told as such, and the others go on. */
async function examineObjects(platform: Platform, stack: string, api: ClusterApi): Promise<readonly Finding[]> {
  const { argocd, dns } = platform;
  const shared = Promise.all([gatherVersion(api), gatherNodes(api)]);
  const findings = await Promise.all([
    guarded("rights", async () => judgeRights(await gatherRights(homePurposes(platform), api))),
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
