import type { DnsTarget, Platform } from "../../model/platform";
import { revertingLabels } from "../../model/reverting-labels";
import { isThere, look, managersOf, type ApiObject, type ClusterApi, type Looked } from "../cluster/cluster-api";
import type { Node } from "./nodes";

export interface ConfigMap extends ApiObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** What in a cluster says how its DNS is set up. */
export interface DnsFacts {
  /** By `namespace/name`: those of the known set-ups, and the stack's own targets. */
  readonly configMaps: ReadonlyMap<string, Looked<ConfigMap>>;
  /** The addresses of the Service by which pods ask. */
  readonly addresses: readonly string[];
  /** The version of Kubernetes as its maker writes it: `v1.33.1-eks-1234`. */
  readonly gitVersion?: string;
  readonly nodes: readonly Node[];
}

/** The namespace that all known set-ups have their DNS in. */
const DNS_NAMESPACE = "kube-system";

/** Corefiles of the cluster's own DNS: that of most, and RKE2's chart. */
export const CLUSTER_COREFILES = ["coredns", "rke2-coredns-rke2-coredns"].map((name) => `${DNS_NAMESPACE}/${name}`);
/** Corefiles of the cache on each node: Kubespray's, and that of the Kubernetes addon. */
export const CACHE_COREFILES = ["nodelocaldns", "node-local-dns"].map((name) => `${DNS_NAMESPACE}/${name}`);
/** What CoreDNS imports on AKS, k3s and others. */
export const CUSTOM = `${DNS_NAMESPACE}/coredns-custom`;
/** The settings of kube-dns, which is no CoreDNS: GKE's. */
export const KUBE_DNS = `${DNS_NAMESPACE}/kube-dns`;

export async function gatherDns(
  { dns }: Platform,
  api: ClusterApi,
  known: { readonly gitVersion?: string; readonly nodes: readonly Node[] },
): Promise<DnsFacts> {
  const targets = (dns?.targets ?? []).map(({ namespace, name }) => `${namespace}/${name}`);
  const places = [...new Set([...CLUSTER_COREFILES, ...CACHE_COREFILES, CUSTOM, KUBE_DNS, ...targets])];
  const found = await Promise.all(
    places.map(async (place) => {
      const [namespace = "", name = ""] = place.split("/");
      return [place, await look<ConfigMap>(api, `/api/v1/namespaces/${namespace}/configmaps/${name}`)] as const;
    }),
  );
  const services = await look<{ items: readonly { spec?: { clusterIPs?: readonly string[] } }[] }>(
    api,
    `/api/v1/namespaces/${DNS_NAMESPACE}/services?labelSelector=k8s-app%3Dkube-dns`,
  );
  const addresses = isThere(services) ? services.items.flatMap(({ spec }) => spec?.clusterIPs ?? []) : [];
  return { configMaps: new Map(found), addresses: addresses.filter((address) => address !== "None"), ...known };
}

/** Who runs the cluster, where that tells how its DNS is to be set. */
export type Provider = "EKS" | "GKE" | "AKS" | "k3s" | "RKE2";

export function providerOf({ gitVersion = "", nodes }: Pick<DnsFacts, "gitVersion" | "nodes">): Provider | undefined {
  if (gitVersion.includes("-eks-")) return "EKS";
  if (gitVersion.includes("-gke.")) return "GKE";
  if (gitVersion.includes("+k3s")) return "k3s";
  if (gitVersion.includes("+rke2")) return "RKE2";
  const isAks = nodes.some(({ metadata }) => metadata.labels?.["kubernetes.azure.com/cluster"] !== undefined);
  return isAks ? "AKS" : undefined;
}

/** Who puts a ConfigMap back to what it was, and by what it was known; nothing where edits stay. */
export function reverterOf({ metadata }: ConfigMap, provider: Provider | undefined): string | undefined {
  if (provider === "AKS" && metadata.name === "coredns") return "AKS";
  const [reverting] = revertingLabels(metadata.labels ?? {});
  if (reverting !== undefined) {
    const { label, value, who, when } = reverting;
    return when === undefined ? `${who} (label ${label}: ${value})` : `${who}, ${when},`;
  }
  if (managersOf(metadata).includes("eks")) return "the EKS add-on, when it is updated,";
  const release = metadata.annotations?.["meta.helm.sh/release-name"];
  return release === undefined ? undefined : `Helm, when the release ${release} is upgraded,`;
}

export function placeOf({ namespace, name }: DnsTarget): string {
  return `${namespace}/${name}`;
}

/** A ConfigMap that is there and may be read. */
export function configMapAt({ configMaps }: DnsFacts, place: string): ConfigMap | undefined {
  const found = configMaps.get(place);
  return found !== undefined && isThere(found) ? found : undefined;
}

/**
 * Whether it is the Kubernetes addon node-local-dns that fills the Corefile in: no IP stands where CoreDNS wants one.
 * https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 */
export function isTemplate({ data }: ConfigMap): boolean {
  return data?.["Corefile"]?.includes("__PILLAR__") === true;
}

/** The private zones in the settings of kube-dns: `{"protobox": ["10.0.0.53"]}`. */
export function stubDomains(kubeDns: ConfigMap | undefined): readonly string[] {
  try {
    const domains = JSON.parse(kubeDns?.data?.["stubDomains"] ?? "{}") as unknown;
    return typeof domains === "object" && domains !== null ? Object.keys(domains) : [];
  } catch {
    return [];
  }
}
