import type { ArgoCdSettings } from "./argocd-settings";
import type { GitLab } from "./gitlab";
import type { Project } from "./project";
import type { SecretText } from "./secret";

/**
 * The validated model of one environment: all that `components/` need, with every default filled in and every
 * name computed. It is made by `loadPlatform` from the catalogue and the stack's config, and never changed.
 */
export interface Platform {
  /** The environment that this stack is, as the catalogue names it: `dev`. */
  readonly environment: string;
  /** How to reach the cluster that runs Argo CD. */
  readonly kubernetes: KubernetesAccess;
  readonly argocd: ArgoCdSettings;
  /** Absent where the platform leaves the cluster's DNS alone. */
  readonly dns?: DnsSettings;
  /** Absent where all repositories are on other Git hosts. */
  readonly gitlab?: GitLab;
  readonly deletion: DeletionSettings;
  /** Further clusters that projects may be deployed to, by name; `in-cluster` is not among them. */
  readonly clusters: readonly TargetCluster[];
  /** The projects that have this environment, sorted by organisation and name. */
  readonly projects: readonly Project[];
}

/** A kubeconfig's text or the name of a context in the ambient kubeconfig; neither means the ambient default. */
export interface KubernetesAccess {
  readonly kubeconfig?: SecretText;
  readonly context?: string;
}

export interface TargetCluster {
  readonly name: string;
  /** The API server's URL, as Argo CD's destination names it. */
  readonly server: string;
  readonly access: KubernetesAccess;
  readonly trust: ClusterTrust;
  /**
   * The namespace, on that cluster, of the account that Argo CD acts under. It is where `argocd cluster add` puts it:
   * it exists everywhere, and whoever reads its Secrets rules the cluster without the account's token, too.
   * @default "kube-system"
   */
  readonly managerNamespace: string;
}

/**
 * Which CA Argo CD trusts for a cluster's API server: a given one, that which the cluster gives to its own pods, or
 * the public ones.
 */
export type ClusterTrust =
  { readonly kind: "certificate"; readonly pem: string } | { readonly kind: "cluster" } | { readonly kind: "public" };

export interface DnsSettings {
  readonly forwards: readonly DnsForward[];
  /** Where the server blocks go. @default one Corefile: `coredns` in `kube-system` */
  readonly targets: readonly DnsTarget[];
  /**
   * IP addresses at which the cluster's DNS is asked, such as that of the service `kube-dns`: no forward may lead
   * there. What the Corefiles bind, and where a node-local cache sends the cluster's names, counts without being told.
   * @default none
   */
  readonly clusterDnsAddresses?: readonly string[];
  /** @default "cluster.local" */
  readonly clusterDomain?: string;
  /** Plugins of a CoreDNS that was built with more than the default ones. @default none */
  readonly plugins?: readonly string[];
}

/** One private zone and the servers that answer for it. */
export interface DnsForward {
  /** The zone without its port: `protobox`, `service.consul`. */
  readonly zone: string;
  /** Addresses as `host:port`, IPv6 in brackets; never a name. */
  readonly to: readonly string[];
  /** Seconds that answers are cached. @default 30 */
  readonly cacheSeconds: number;
}

/** A ConfigMap whose Corefile is edited, or one whose keys CoreDNS imports (`coredns-custom` of AKS, k3s and others). */
export type DnsTarget =
  | { readonly kind: "corefile"; readonly namespace: string; readonly name: string; readonly key: string }
  | { readonly kind: "custom"; readonly namespace: string; readonly name: string; readonly key: string };

export interface DeletionSettings {
  /** Production: Pulumi refuses to delete what it made. @default true for the environments `prod` and `production` */
  readonly protect: boolean;
  /**
   * What happens to the workloads when their Application goes. `foreground` and `background`: Argo CD deletes them,
   * by the finalizer of that name, before or after the Application; its controller must be running. `orphan`: no
   * finalizer, so that deletion waits for no controller; what lies in the project's namespace goes with it.
   * `retain`: no finalizer either, and the namespace stays with all that runs in it.
   * @default "foreground"
   */
  readonly workloads: "foreground" | "background" | "orphan" | "retain";
  /**
   * How many seconds Pulumi waits until an Application is gone, which is the time that Argo CD has to delete its
   * workloads. @default 600, the provider's own
   */
  readonly timeoutSeconds?: number;
}
