import type { ApiObject, Looked } from "../cluster/cluster-api";
import { isThere, look, type ClusterApi } from "../cluster/cluster-api";
import type { Finding } from "./finding";

/**
 * The minor versions of Kubernetes 1.x that Argo CD is tested with, the first and the last, by Argo CD's own minor.
 * Source: docs/operator-manual/tested-kubernetes-versions.md of Argo CD 3.2.12 and 3.3.10.
 */
const TESTED: Readonly<Record<string, readonly [first: number, last: number]>> = {
  "3.0": [29, 32],
  "3.1": [31, 34],
  "3.2": [31, 34],
  "3.3": [32, 35],
};

export interface VersionInfo {
  readonly major: string;
  /** With a plus behind it on some managed clusters. */
  readonly minor: string;
  readonly gitVersion: string;
}

export function gatherVersion(api: ClusterApi): Promise<Looked<VersionInfo>> {
  return look<VersionInfo & ApiObject>(api, "/version");
}

/** @param argocd the version that the stack installs: `v3.2.12` */
export function judgeVersion(found: Looked<VersionInfo>, argocd: string): readonly Finding[] {
  if (!isThere(found)) {
    return [{ check: "version", severity: "note", message: "the cluster does not tell you its version" }];
  }
  const { gitVersion } = found;
  const release = /^v?(\d+\.\d+)/.exec(argocd)?.[1] ?? argocd;
  const tested = TESTED[release];
  if (tested === undefined) {
    return [
      {
        check: "version",
        severity: "note",
        message: `Kubernetes ${gitVersion}; which versions Argo CD ${argocd} is tested with is not known here: see its documentation`,
      },
    ];
  }
  const minor = Number.parseInt(found.minor, 10);
  const [first, last] = tested;
  const range = `1.${String(first)} to 1.${String(last)}`;
  if (found.major === "1" && minor >= first && minor <= last) {
    return [
      {
        check: "version",
        severity: "ok",
        message: `Kubernetes ${gitVersion} is one that Argo CD ${argocd} is tested with`,
      },
    ];
  }
  const older = Number(found.major) < 1 || minor < first;
  return [
    {
      check: "version",
      severity: "warning",
      message: `Kubernetes ${gitVersion} is ${older ? "older" : "newer"} than those that Argo CD ${argocd} is tested with: ${range}`,
      fix: older
        ? "upgrade the cluster, or set an older gitops-factory:argocd.manifests.version"
        : "set a newer gitops-factory:argocd.manifests.version once one is tested with it, and try upgrades on another stack first",
    },
  ];
}
