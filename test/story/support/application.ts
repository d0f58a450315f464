/** The part of an Argo CD Application that stories look at. */
export interface Application {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly deletionTimestamp?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status?: {
    readonly sync?: { readonly status: string; readonly revision?: string };
    readonly health?: { readonly status: string };
    /** Directory, Kustomize or Helm. */
    readonly sourceType?: string;
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
    readonly operationState?: {
      readonly phase: string;
      readonly message?: string;
      readonly finishedAt?: string;
      readonly syncResult?: {
        readonly revision?: string;
        readonly resources?: readonly { readonly kind: string; readonly name: string; readonly message?: string }[];
      };
    };
    readonly history?: readonly { readonly id: number; readonly revision?: string }[];
    readonly reconciledAt?: string;
  };
}

export function applicationPath(name: string, namespace = "argocd"): string {
  return `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications/${name}`;
}

/** What everybody waits for: what is in Git runs in the cluster. */
export function isDeployed({ status }: Application): boolean {
  return status?.sync?.status === "Synced" && status.health?.status === "Healthy";
}

/** All messages of its conditions, one a line. */
export function conditionsOf({ status }: Application): string {
  return (status?.conditions ?? []).map(({ type, message }) => `${type}: ${message}`).join("\n");
}

/** The annotation by which Argo CD is asked to look at an Application, and which it takes away once it has. */
export const REFRESH = "argocd.argoproj.io/refresh";

/** An Application in a few words, for failures. */
export function describeApplication(application: Application | undefined): string {
  if (application === undefined) return "not there";
  const { sync, health, operationState } = application.status ?? {};
  const states = [sync?.status, health?.status, operationState?.phase, operationState?.message];
  return [states.filter((state) => state !== undefined).join(", "), conditionsOf(application)].join("\n");
}
