import type { Platform } from "../../model/platform";
import { plural } from "../../model/plural";
import { HOME } from "../cluster/cluster-access";
import { isThere, look, type ApiObject, type ClusterApi, type Looked } from "../cluster/cluster-api";
import type { Finding } from "./finding";
import { isOurs, makerOf } from "./ours";

export interface NamespaceFacts {
  readonly name: string;
  readonly found: Looked<ApiObject & { readonly status?: { readonly phase?: string } }>;
}

/**
 * The namespaces of the projects that run on a cluster.
 * @param cluster Argo CD's own unless another is named
 */
export function gatherNamespaces(
  { projects }: Platform,
  api: ClusterApi,
  cluster: string = HOME,
): Promise<readonly NamespaceFacts[]> {
  const names = projects.filter(({ destination }) => destination.cluster === cluster).map(({ namespace }) => namespace);
  return Promise.all(names.map(async (name) => ({ name, found: await look(api, `/api/v1/namespaces/${name}`) })));
}

export function judgeNamespaces(namespaces: readonly NamespaceFacts[]): readonly Finding[] {
  const findings: Finding[] = [];
  let free = 0;
  let ours = 0;
  for (const { name, found } of namespaces) {
    if (!isThere(found)) {
      if (found === "absent") free += 1;
    } else if (found.status?.phase === "Terminating") {
      findings.push({
        check: "namespaces",
        severity: "error",
        message: `the namespace ${name} is being deleted: nothing can be made in it`,
        fix: `wait until it is gone, and see what holds it up: kubectl get namespace ${name} -o yaml`,
      });
    } else if (isOurs(found.metadata)) {
      ours += 1;
    } else {
      findings.push({
        check: "namespaces",
        severity: "warning",
        message: `the namespace ${name} exists and was made by ${makerOf(found.metadata)}: it would be taken over, with its quota and network policies`,
        fix: "see that nothing else runs there, or rename the project",
      });
    }
  }
  const hidden = namespaces.filter(({ found }) => found === "hidden").length;
  if (hidden > 0) {
    findings.push({
      check: "namespaces",
      severity: "note",
      message: `you may not look at ${plural(hidden, "namespace")} of the platform's projects`,
    });
  }
  if (free + ours > 0) {
    findings.push({
      check: "namespaces",
      severity: "ok",
      message: `of the projects' namespaces, ${String(free)} will be made and ${String(ours)} ${ours === 1 ? "is" : "are"} ours already`,
    });
  }
  return findings;
}
