import type { NotificationSettings } from "./notification-settings";
import type { ResourceRequirements } from "./quantities";
import type { SecretText } from "./secret";

export interface ArgoCdSettings {
  /** @default "argocd" */
  readonly namespace: string;
  readonly manifests: ManifestSource;
  /** The address that people and webhooks use: `https://argocd.example.org`. */
  readonly url?: string;
  /** Takes the place of the registry's host in every image: `registry.internal:5000`. */
  readonly imageRegistry?: string;
  /** Host entries forced into the pods of `argocd-server` and `argocd-repo-server`. */
  readonly hostAliases: readonly HostAlias[];
  /** Replicas and resources by the name of the workload, as in the manifests: `argocd-repo-server`. */
  readonly workloads: Readonly<Record<string, WorkloadSettings>>;
  readonly admin: AdminSettings;
  readonly rbac: RbacSettings;
  readonly oidc?: OidcSettings;
  /** Further keys of `argocd-cm`. */
  readonly settings: Readonly<Record<string, string>>;
  /** Keys of `argocd-cmd-params-cm`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly resources: ResourceSettings;
  /** For how long git, helm and kustomize may run in the repo server: `3m`. @default Argo CD's: 90s */
  readonly execTimeout?: string;
  readonly metrics: MetricsSettings;
  /** Absent where the notifications controller has nothing to tell. */
  readonly notifications?: NotificationSettings;
  /** Namespaces beside its own, with wildcards, in which Argo CD heeds Applications. */
  readonly applicationNamespaces: readonly string[];
  /** Lines of `argocd-ssh-known-hosts-cm`, added to those of the official manifests. */
  readonly knownHosts: readonly string[];
  /** PEM certificates of Git servers with a private CA, by host name, for `argocd-tls-certs-cm`. */
  readonly tlsCertificates: Readonly<Record<string, string>>;
}

/** The official manifests, pinned. */
export interface ManifestSource {
  /** The Argo CD version that the manifests install: `v3.2.12`. */
  readonly version: string;
  readonly variant: "install" | "ha";
  /** An https URL, or a path relative to the project's folder (air-gapped platforms). */
  readonly location: string;
  /** Lower-case hexadecimal SHA-256 of the file. */
  readonly sha256: string;
}

export interface HostAlias {
  readonly ip: string;
  readonly hostnames: readonly string[];
}

export interface WorkloadSettings {
  readonly replicas?: number;
  readonly resources?: ResourceRequirements;
}

export interface AdminSettings {
  /** Whether the built-in `admin` account may log in. @default false when OIDC is set, else true */
  readonly enabled: boolean;
}

export interface RbacSettings {
  /** The role of whoever matches no policy; the empty string gives no rights. @default "" */
  readonly defaultRole: string;
  /** Groups that administer the whole of Argo CD. */
  readonly adminGroups: readonly string[];
  /** Further lines of `policy.csv`. */
  readonly policies: readonly string[];
  /** The claims that hold groups. @default ["groups"] */
  readonly scopes: readonly string[];
}

export interface OidcSettings {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: SecretText;
  /** The public client that `argocd login --sso` is. @default clientId */
  readonly cliClientId?: string;
  /** @default ["openid", "profile", "email", "groups"] */
  readonly requestedScopes: readonly string[];
  /** PEM certificate of the issuer's private CA. */
  readonly rootCa?: string;
}

/** Which objects Argo CD watches. */
export interface ResourceSettings {
  /** Whether the exclusions in the official manifests stay. @default true */
  readonly officialExclusions: boolean;
  readonly exclusions: readonly ResourceFilter[];
  /** With any, nothing else is watched. */
  readonly inclusions: readonly ResourceFilter[];
}

/** Kinds of objects on some clusters; a list that is absent means all. */
export interface ResourceFilter {
  readonly apiGroups?: readonly string[];
  readonly kinds?: readonly string[];
  /** The servers' URLs. */
  readonly clusters?: readonly string[];
}

/** How Prometheus finds Argo CD's metrics. @default none */
export type MetricsSettings =
  | { readonly kind: "none" }
  | { readonly kind: "annotations" }
  | { readonly kind: "serviceMonitors"; readonly labels: Readonly<Record<string, string>> };
