/** The parts of an Application that are read, as Argo CD's API and the cluster give it (argoproj.io/v1alpha1). */
export interface Application {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec: Sources & {
    readonly project: string;
    readonly destination?: { readonly namespace?: string; readonly server?: string; readonly name?: string };
    readonly syncPolicy?: { readonly automated?: object | null };
  };
  /** Set while a synchronisation is asked for. */
  readonly operation?: object;
  readonly status?: ApplicationStatus;
}

export interface Source {
  readonly repoURL: string;
  readonly targetRevision?: string;
  readonly kustomize?: { readonly images?: readonly string[] };
  readonly helm?: { readonly parameters?: readonly { readonly name: string; readonly value?: string }[] };
}

export interface ApplicationStatus {
  readonly sync?: {
    readonly status?: string;
    readonly revision?: string;
    readonly revisions?: readonly string[];
    /** What Argo CD has compared last, which lags behind a change of the spec. */
    readonly comparedTo?: Sources;
  };
  readonly health?: Health;
  readonly conditions?: readonly { readonly type: string; readonly message: string }[];
  readonly reconciledAt?: string;
  readonly operationState?: OperationState;
  readonly summary?: { readonly images?: readonly string[] };
  readonly history?: readonly HistoryEntry[];
}

export interface Health {
  readonly status?: string;
  readonly message?: string;
}

/** The last synchronisation, or the one under way. */
export interface OperationState {
  /** Running, Terminating, Succeeded, Failed or Error. */
  readonly phase?: string;
  readonly message?: string;
  readonly finishedAt?: string;
  readonly syncResult?: {
    readonly revision?: string;
    readonly revisions?: readonly string[];
    readonly resources?: readonly SyncedResource[];
  };
}

export interface SyncedResource {
  readonly kind: string;
  readonly name: string;
  readonly status?: string;
  readonly hookPhase?: string;
  readonly message?: string;
}

/** An Application has one source or several. */
export interface Sources {
  readonly source?: Source;
  readonly sources?: readonly Source[];
}

export interface HistoryEntry extends Sources {
  readonly id?: number;
  readonly revision?: string;
  readonly revisions?: readonly string[];
  readonly deployedAt?: string;
  readonly initiatedBy?: { readonly username?: string; readonly automated?: boolean };
}

/** The revisions of something that has one source or several. */
export function revisionsOf(
  of: { readonly revision?: string; readonly revisions?: readonly string[] } | undefined,
): readonly string[] {
  if (of?.revisions !== undefined && of.revisions.length > 0) return of.revisions;
  return of?.revision === undefined || of.revision === "" ? [] : [of.revision];
}

/** The source that the repository itself is; further ones are additions to it. */
export function firstSource({ source, sources }: Sources): Source | undefined {
  return sources?.[0] ?? source;
}
