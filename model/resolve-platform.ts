import type { DeletionSettings, DnsSettings, DnsTarget, KubernetesAccess, TargetCluster } from "./platform";
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
    .map(([name, cluster]) => ({
      name,
      server: cluster.server,
      access: resolveAccess(cluster, stack.secrets ?? {}, ["clusters", name], report),
    }));
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

const PRODUCTION = ["prod", "production"];

export function resolveDeletion(input: StackConfig["deletion"], environment: string): DeletionSettings {
  return {
    protect: input?.protect ?? PRODUCTION.includes(environment),
    workloads: input?.workloads ?? "foreground",
  };
}
