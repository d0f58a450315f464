import { revisionsOf, type Application, type ApplicationStatus, type OperationState } from "./application";

/** How far Argo CD is with a revision. */
export type Arrival =
  | { readonly kind: "arrived"; readonly revision: string }
  | { readonly kind: "waiting"; readonly reason: string }
  /** It may still come right by itself: a rollout goes on, a repository is away. */
  | { readonly kind: "doubtful"; readonly reason: string; readonly cause: "health" | "comparison" }
  /** Argo CD has given up, or waits for somebody. */
  | { readonly kind: "stopped"; readonly reason: string; readonly details: readonly string[]; readonly fix: string };

/** Conditions that say that Argo CD could not compare: https://argo-cd.readthedocs.io/en/stable/operator-manual/ */
const COMPARISON = ["ComparisonError", "InvalidSpecError", "UnknownError"];

/**
 * Judges an Application.
 *
 * @param isWanted whether a revision is the wanted commit, or comes after it
 */
export function judgeArrival(application: Application, isWanted: (revision: string) => boolean): Arrival {
  const { status = {}, spec } = application;
  const broken = status.conditions?.find(({ type }) => COMPARISON.includes(type));
  if (broken !== undefined)
    return { kind: "doubtful", cause: "comparison", reason: `${broken.type}: ${broken.message}` };
  const revision = revisionsOf(status.sync).find(isWanted);
  if (revision === undefined) return waiting("Argo CD has not seen the commit yet");
  const failed = failureOf(status.operationState, isWanted);
  if (failed !== undefined && status.sync?.status !== "Synced") return failed;
  if (isUnderWay(application)) return waiting(operationReason(status.operationState));
  if (status.sync?.status !== "Synced") return unsynced(status, spec.syncPolicy?.automated);
  const health = status.health?.status ?? "of unknown health";
  switch (health) {
    case "Healthy":
      return { kind: "arrived", revision };
    case "Degraded":
    case "Missing":
      return { kind: "doubtful", cause: "health", reason: `Synced, but ${health}` };
    case "Suspended":
      return {
        kind: "stopped",
        reason: "the Application is Suspended: a rollout or job waits for somebody",
        details: [],
        fix: "resume it, then run the same command again",
      };
    default:
      return waiting(`Synced, ${health}`);
  }
}

function waiting(reason: string): Arrival {
  return { kind: "waiting", reason };
}

/** As `argocd app wait` sees it: also until Argo CD has looked again after the synchronisation. */
function isUnderWay({ operation, status = {} }: Application): boolean {
  if (operation !== undefined) return true;
  const { operationState, reconciledAt } = status;
  if (operationState === undefined) return false;
  if (operationState.finishedAt === undefined) return true;
  return reconciledAt === undefined || Date.parse(reconciledAt) < Date.parse(operationState.finishedAt);
}

function operationReason(state: OperationState | undefined): string {
  const message = state?.phase === "Running" ? state.message : undefined;
  return message === undefined || message === "" ? "Argo CD synchronises" : `Argo CD synchronises: ${message}`;
}

function failureOf(state: OperationState | undefined, isWanted: (revision: string) => boolean): Arrival | undefined {
  if (state?.phase !== "Failed" && state?.phase !== "Error") return undefined;
  if (!revisionsOf(state.syncResult).some(isWanted)) return undefined;
  const bad = (state.syncResult?.resources ?? []).filter(
    ({ status, hookPhase }) => status === "SyncFailed" || hookPhase === "Failed" || hookPhase === "Error",
  );
  return {
    kind: "stopped",
    reason: `Argo CD's synchronisation ended with ${state.phase}: ${state.message ?? "no message"}`,
    details: bad.map(({ kind, name, message }) => `${kind} ${name}: ${message ?? "no message"}`),
    fix: "correct the manifests in the infra repository, or what the project may do, then run the same command again",
  };
}

/** Without automation, or where it does not try again, somebody has to press Sync. */
function unsynced({ sync }: ApplicationStatus, automated: object | null | undefined): Arrival {
  if (automated !== undefined && automated !== null) return waiting(`the Application is ${sync?.status ?? "Unknown"}`);
  return {
    kind: "stopped",
    reason: "the Application is OutOfSync, and Argo CD does not synchronise it by itself",
    details: [],
    fix: "press Sync in Argo CD, or run argocd app sync; then run the same command again to see it arrive",
  };
}
