import type { ApiClient } from "../control-plane";
import { waitUntilReady } from "../process";

interface Application {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly syncPolicy?: { readonly automated?: object } };
  readonly status?: {
    readonly sync?: { readonly status: string };
    readonly health?: { readonly status: string };
    readonly conditions?: readonly { readonly message: string }[];
    readonly operationState?: { readonly phase: string; readonly message?: string };
  };
}

/** How an Application stands, in Argo CD's words. */
export interface Reconciled {
  readonly name: string;
  readonly sync: string;
  readonly health: string;
  /** Why it does not come further; absent when it need not. */
  readonly problem?: string;
}

/** How long Argo CD has for all of them, milliseconds. */
const timeout = 120_000;

/**
 * Waits until Argo CD has deployed all Applications of a namespace. One that is synchronised by hand is synchronised
 * once, as by the button.
 *
 * @returns how each stands, also when time is up
 */
export async function untilReconciled(api: ApiClient, namespace: string, signal: AbortSignal): Promise<Reconciled[]> {
  const collection = `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications`;
  const pressed = new Set<string>();
  let last: Reconciled[] = [];
  await waitUntilReady(
    async (look) => {
      const { body } = await api.get(collection, look);
      const { items } = body as { readonly items: readonly Application[] };
      for (const application of items) {
        const { name } = application.metadata;
        if (!waitsForTheButton(application) || pressed.has(name)) continue;
        pressed.add(name);
        const operation = { initiatedBy: { username: "demo" }, sync: {} };
        await api.patch(`${collection}/${name}`, { operation }, look);
      }
      last = items.map(describe);
      const waiting = last.filter((application) => !isReconciled(application));
      return waiting.length === 0 || `waiting for ${waiting.map(({ name }) => name).join(", ")}`;
    },
    timeout,
    signal,
  );
  return last;
}

/** Whether what is in Git runs in the cluster. */
export function isReconciled({ sync, health }: Reconciled): boolean {
  return sync === "Synced" && health === "Healthy";
}

function waitsForTheButton({ spec, status }: Application): boolean {
  return spec.syncPolicy?.automated === undefined && status?.sync?.status === "OutOfSync";
}

function describe({ metadata, status }: Application): Reconciled {
  const { sync, health, conditions = [], operationState } = status ?? {};
  const failed = operationState?.phase === "Failed" || operationState?.phase === "Error";
  const problem = conditions[0]?.message ?? (failed ? operationState.message : undefined);
  return {
    name: metadata.name,
    sync: sync?.status ?? "Unknown",
    health: health?.status ?? "Unknown",
    ...(problem === undefined ? {} : { problem }),
  };
}
