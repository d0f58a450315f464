import type { SecretText } from "./secret";
import type { Quantities } from "./quantities";

/** One project in this environment. */
export interface Project {
  /** The catalogue file it comes from, relative to the project's folder. */
  readonly file: string;
  readonly organisation: string;
  readonly name: string;
  readonly description?: string;
  readonly environment: string;
  /** `{organisation}-{name}-{environment}-{hash}`, unless the catalogue keeps another name. */
  readonly namespace: string;
  /** The AppProject's name; the same by default. */
  readonly appProject: string;
  readonly owners: readonly string[];
  /** On which of Argo CD's triggers those owners get a mail that are mail addresses; absent for none. */
  readonly ownerMail?: { readonly triggers: readonly string[]; readonly addresses: readonly string[] };
  /** Groups of the identity provider that may look, and those that may also synchronise. */
  readonly groups: { readonly read: readonly string[]; readonly write: readonly string[] };
  /** The cluster that the workloads run on. */
  readonly destination: Destination;
  /** Whether Argo CD heeds Applications of this project in its own namespace, beside those of the catalogue. */
  readonly ownApplications: boolean;
  /** Hard limits of the ResourceQuota: `{ "requests.cpu": "2", "limits.cpu": "2", … }`. */
  readonly quota: Quantities;
  /** The LimitRange's defaults for a container. */
  readonly containerDefaults: { readonly requests: Quantities; readonly limits: Quantities };
  /** @default "restricted" */
  readonly podSecurity: "privileged" | "baseline" | "restricted";
  readonly network: NetworkOpenings;
  /** Namespaced kinds that the project may not deploy, beside those that are always closed. */
  readonly deniedKinds: readonly GroupKind[];
  /** When Applications may be synchronised; without any, always. */
  readonly syncWindows: readonly SyncWindow[];
  readonly repositories: readonly Repository[];
}

export interface Destination {
  /** `in-cluster`, or the name of one of the platform's `clusters`. */
  readonly cluster: string;
  /** `https://kubernetes.default.svc` for `in-cluster`. */
  readonly server: string;
}

export interface GroupKind {
  /** The API group; the core group is the empty string. */
  readonly group: string;
  readonly kind: string;
}

/** A time in which Argo CD synchronises (`allow`), or does not (`deny`). An open `deny` counts before any `allow`. */
export interface SyncWindow {
  readonly kind: "allow" | "deny";
  /** Cron, in five fields: `0 22 * * *`. */
  readonly schedule: string;
  /** For how long it is open: `8h`. */
  readonly duration: string;
  /** A name of the IANA database. @default UTC */
  readonly timeZone?: string;
  /** Whether people may synchronise by hand when the window keeps Argo CD from it. @default false */
  readonly manualSync: boolean;
  readonly description?: string;
  /** Names of Applications, or `*` for all. */
  readonly applications: readonly string[];
}

/** What the default-deny NetworkPolicy leaves open beside DNS and the namespace itself. */
export interface NetworkOpenings {
  /** Names of namespaces whose pods may connect: that of the ingress controller. */
  readonly ingressFromNamespaces: readonly string[];
  /** Blocks that the pods may connect to: `10.0.0.0/8`. */
  readonly egressToCidrs: readonly string[];
  /**
   * Addresses, beside the pods of `kube-dns`, at which the pods ask for names: that of the Service `kube-dns`, which
   * NodeLocal DNS in iptables mode answers on the node itself, untranslated, so that no pod's selector covers it.
   * @default none
   */
  readonly dnsAddresses?: readonly string[];
  /** Whether there is no network policy at all. @default false */
  readonly open?: boolean;
}

/** One infra repository: one Argo CD Application and, with credentials, one repository Secret. */
export interface Repository {
  readonly name: string;
  /** `{organisation}-{project}-{environment}-{repository}-{hash}`, unless the catalogue keeps another name. */
  readonly applicationName: string;
  /** Where Argo CD reads from; the first is the repository itself, the others are additions to it. */
  readonly sources: readonly [RepositorySource, ...RepositorySource[]];
  readonly credentials?: RepositoryCredentials;
  readonly sync: SyncSettings;
  readonly ignoreDifferences: readonly IgnoreDifference[];
}

interface SourceBase {
  readonly url: string;
  /** Branch, tag, commit or, for a chart, version. @default "HEAD" */
  readonly revision: string;
  /** Folder in the repository. @default "." */
  readonly path: string;
}

export type RepositorySource = ManifestsSource | KustomizeSource | HelmSource | ReferenceSource;

export interface ManifestsSource extends SourceBase {
  readonly kind: "manifests";
  /** Whether sub-folders count. @default false */
  readonly recurse: boolean;
}

export interface KustomizeSource extends SourceBase {
  readonly kind: "kustomize";
  /** `name=new-name:tag`, as `kustomize edit set image` takes it. */
  readonly images: readonly string[];
}

export interface HelmSource extends SourceBase {
  readonly kind: "helm";
  /** The chart's name in a Helm repository, where `url` is one; `path` is unused then. */
  readonly chart?: string;
  /** @default the repository's name */
  readonly releaseName: string;
  /** With `<env>` already replaced by the environment's name. */
  readonly valueFiles: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}

/** A Git repository that only lends its files to the other sources, as `$ref/path`. */
export interface ReferenceSource {
  readonly kind: "reference";
  readonly url: string;
  readonly revision: string;
  readonly ref: string;
}

/** `deployToken`: the token that the platform's GitLab makes for the project's group. */
export type RepositoryCredentials =
  | { readonly kind: "deployToken" }
  | { readonly kind: "https"; readonly username: string; readonly password: SecretText }
  | { readonly kind: "ssh"; readonly privateKey: SecretText };

export interface SyncSettings {
  /** Whether Argo CD synchronises by itself. @default true */
  readonly automated: boolean;
  /** Whether it deletes what left Git. @default true */
  readonly prune: boolean;
  /** Whether it repairs drift. @default true */
  readonly selfHeal: boolean;
  /** As in an Application's `syncOptions`: `CreateNamespace=true`. */
  readonly options: readonly string[];
  /** Attempts after a failed synchronisation; waits grow from 5 s by a factor of 2 up to 3 min. @default 5 */
  readonly retryLimit: number;
}

export interface IgnoreDifference {
  readonly group: string;
  readonly kind: string;
  readonly name?: string;
  readonly jsonPointers: readonly string[];
}
