import { isProduction } from "./environment-order";
import { kubeconfigCluster } from "./kubeconfig";
import type {
  ClusterTrust,
  DeletionSettings,
  DnsSettings,
  DnsTarget,
  KubernetesAccess,
  TargetCluster,
} from "./platform";
import type { Path, Report } from "./report";
import { resolveValue } from "./resolve-secrets";
import type { Secrets } from "./resolve-secrets";
import type { DnsInput } from "./schema/dns";
import type { StackConfig } from "./schema/stack";

/** How to reach a cluster; `path` is where the stack's config says so. */
export function resolveAccess(
  input: { readonly kubeconfig?: string | undefined; readonly context?: string | undefined },
  secrets: Secrets,
  path: Path,
  report: Report,
): KubernetesAccess {
  const { kubeconfig: name, context } = input;
  const kubeconfig = name === undefined ? undefined : resolveValue(name, secrets, [...path, "kubeconfig"], report);
  return { ...(kubeconfig !== undefined && { kubeconfig }), ...(context !== undefined && { context }) };
}

/** The clusters of the stack's config, sorted by name. */
export function resolveClusters(stack: StackConfig, report: Report): TargetCluster[] {
  return Object.entries(stack.clusters ?? {})
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, cluster]) => {
      const access = resolveAccess(cluster, stack.secrets ?? {}, ["clusters", name], report);
      return {
        name,
        server: cluster.server,
        access,
        trust: resolveTrust(cluster.certificateAuthority, access, ["clusters", name], report),
        managerNamespace: cluster.managerNamespace ?? "kube-system",
      };
    });
}

/** A sealed kubeconfig says nothing yet: inside the program it is open. */
function resolveTrust(
  pem: string | undefined,
  { kubeconfig, context }: KubernetesAccess,
  path: Path,
  report: Report,
): ClusterTrust {
  const cluster = kubeconfig?.isKnown === true ? kubeconfigCluster(kubeconfig.reveal(), context) : undefined;
  if (kubeconfig?.isKnown === true && cluster === undefined) {
    report.error([...path, "kubeconfig"], {
      message: `the secret is no kubeconfig that has ${context === undefined ? "a current context" : `the context "${context}"`} and its cluster`,
      allowed: "the text of a kubeconfig",
      fix: "set it from the output of: kubectl config view --raw --minify --flatten",
    });
  }
  if (pem !== undefined) return { kind: "certificate", pem };
  if (cluster === undefined || cluster.trustsOtherwise) return { kind: "cluster" };
  const { certificateAuthority } = cluster;
  return certificateAuthority === undefined ? { kind: "public" } : { kind: "certificate", pem: certificateAuthority };
}

/** The cluster's DNS; absent when the stack's config says nothing about it. */
export function resolveDns(input: DnsInput | undefined): DnsSettings | undefined {
  if (input?.forwards === undefined && input?.targets === undefined) return undefined;
  const { clusterDnsAddresses, clusterDomain, plugins } = input;
  return {
    ...(clusterDnsAddresses && { clusterDnsAddresses }),
    ...(clusterDomain && { clusterDomain }),
    ...(plugins && { plugins }),
    forwards: (input.forwards ?? []).map(({ zone, to, cacheSeconds }) => ({
      zone,
      to,
      cacheSeconds: cacheSeconds ?? 30,
    })),
    targets: (input.targets ?? ["coredns"]).map(resolveTarget),
  };
}

function resolveTarget(target: NonNullable<DnsInput["targets"]>[number]): DnsTarget {
  const { kind, namespace, name, key } =
    typeof target === "string"
      ? { kind: "corefile" as const, name: target, namespace: undefined, key: undefined }
      : target;
  return {
    kind,
    namespace: namespace ?? "kube-system",
    name,
    key: key ?? (kind === "corefile" ? "Corefile" : "gitops-factory.server"),
  };
}

export function resolveDeletion(input: StackConfig["deletion"], environment: string): DeletionSettings {
  return {
    protect: input?.protect ?? isProduction(environment),
    workloads: input?.workloads ?? "foreground",
    ...(input?.timeoutSeconds !== undefined && { timeoutSeconds: input.timeoutSeconds }),
  };
}
