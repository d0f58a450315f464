import type { Platform, TargetCluster } from "../../model/platform";
import type { ClusterAccess } from "../cluster/cluster-access";
import { isThere, look, type ApiObject, type ClusterApi, type Looked } from "../cluster/cluster-api";
import type { ClusterOptions } from "../cluster/kubeconfig-source";
import { examineServer, guarded } from "./examine-server";
import type { Finding } from "./finding";
import { gatherNamespaces, judgeNamespaces } from "./namespaces";
import { furtherPurposes } from "./purposes";
import { gatherRights, judgeRights } from "./rights";

/** Looks at the further clusters that projects of the stack run on, as `pulumi up` goes to them. */
export async function examineFurther(
  platform: Platform,
  ways: readonly ClusterAccess[],
  options: ClusterOptions,
): Promise<readonly Finding[]> {
  const found = await Promise.all(
    ways.map(async (access) => {
      const findings = await examineOne(platform, access, options);
      return findings.map((finding): Finding => ({ ...finding, cluster: access.cluster }));
    }),
  );
  return found.flat();
}

async function examineOne(
  platform: Platform,
  access: ClusterAccess,
  // What the flags say is about Argo CD's own cluster.
  options: ClusterOptions,
): Promise<readonly Finding[]> {
  const cluster = platform.clusters.find(({ name }) => name === access.cluster);
  const namespaces = platform.projects
    .filter(({ destination }) => destination.cluster === access.cluster)
    .map(({ namespace }) => namespace);
  if (cluster === undefined || namespaces.length === 0) {
    return [{ check: "config", severity: "note", message: "no project runs there: it is not looked at" }];
  }
  const { findings } = await examineServer(access, options, (api) =>
    examineObjects(platform, { cluster, namespaces }, api),
  );
  return findings;
}

interface Further {
  readonly cluster: TargetCluster;
  /** Those of the projects there. */
  readonly namespaces: readonly string[];
}

async function examineObjects(
  platform: Platform,
  { cluster, namespaces }: Further,
  api: ClusterApi,
): Promise<readonly Finding[]> {
  const findings = await Promise.all([
    guarded("rights", async () => judgeRights(await gatherRights(furtherPurposes(cluster, namespaces), api))),
    guarded("namespaces", async () => judgeNamespaces(await gatherNamespaces(platform, api, cluster.name))),
    guarded("namespaces", async () =>
      judgeManagerNamespace(await look<ApiObject>(api, `/api/v1/namespaces/${cluster.managerNamespace}`), cluster),
    ),
  ]);
  return findings.flat();
}

/** The program makes an account in it, and not the namespace. */
export function judgeManagerNamespace(
  found: Looked<ApiObject>,
  { name, managerNamespace }: TargetCluster,
): readonly Finding[] {
  if (isThere(found) || found === "hidden") return [];
  return [
    {
      check: "namespaces",
      severity: "error",
      message: `the namespace ${managerNamespace}, in which Argo CD's account is to be, is not there`,
      fix: `make it, or set gitops-factory:clusters.${name}.managerNamespace to one that is there`,
    },
  ];
}
