import { UserError } from "../../model/problem";
import { backoff, type Clock } from "../clock";
import type { ArgoCdApi } from "./argocd-api";
import { judgeArrival, type Arrival } from "./arrival";
import { revisionsOf, type Application } from "./application";

/** How long a fault may stay before it is told as the end, in milliseconds: pods crash once, repositories go away. */
const GRACE_MS = { health: 60_000, comparison: 30_000 };

/** How many objects a failure names. */
const DETAILS = 10;

export interface WatchedApplication {
  readonly name: string;
  /** Whether a revision is the wanted commit or comes after it. */
  isWanted(revision: string): Promise<boolean>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** Told at each change. */
  tell(line: string): void;
}

/**
 * Waits until an Application is Synced and Healthy at a revision.
 *
 * @returns the Application as it was then
 * @throws UserError with Argo CD's words when it has stopped before, or when it takes too long
 */
export async function watchApplication(api: ArgoCdApi, watched: WatchedApplication): Promise<Application> {
  const { name, clock, signal, timeoutMs, tell } = watched;
  const deadline = clock.now() + timeoutMs;
  const waits = backoff(1_000, 10_000);
  let [before, doubtSince, isSeen] = ["", Number.POSITIVE_INFINITY, false];
  for (;;) {
    // A look at the repository is asked for until the commit is seen: nobody waits for Argo CD's own time.
    const application = await api.application(name, !isSeen);
    const known = await knownRevisions(application, watched);
    const arrival = judgeArrival(application, (revision) => known.get(revision) === true);
    isSeen = revisionsOf(application.status?.sync).some((revision) => known.get(revision) === true);
    if (arrival.kind === "arrived") return application;
    if (arrival.reason !== before) tell(arrival.reason);
    before = arrival.reason;
    if (arrival.kind === "stopped") throw stopped(api, name, arrival.reason, arrival.details, arrival.fix);
    doubtSince = arrival.kind === "doubtful" ? Math.min(doubtSince, clock.now()) : Number.POSITIVE_INFINITY;
    if (arrival.kind === "doubtful" && clock.now() - doubtSince >= GRACE_MS[arrival.cause])
      throw await doubted(api, name, arrival);
    const wait = waits.next().value;
    if (clock.now() + wait > deadline) throw await overdue(api, name, arrival.reason, timeoutMs);
    await clock.sleep(wait, signal);
  }
}

async function knownRevisions(
  application: Application,
  { isWanted }: WatchedApplication,
): Promise<Map<string, boolean>> {
  const { sync, operationState } = application.status ?? {};
  const revisions = [...revisionsOf(sync), ...revisionsOf(operationState?.syncResult)];
  const known = new Map<string, boolean>();
  for (const revision of new Set(revisions)) known.set(revision, await isWanted(revision));
  return known;
}

function stopped(api: ArgoCdApi, name: string, message: string, details: readonly string[], fix: string): UserError {
  const shown = [
    ...details.slice(0, DETAILS),
    ...(details.length > DETAILS ? [`and ${String(details.length - DETAILS)} more`] : []),
  ];
  return new UserError([
    {
      severity: "error",
      file: `${api.url}/applications/${name}`,
      path: "",
      ...(shown.length > 0 && { value: shown.join("\n           ") }),
      message,
      fix,
    },
  ]);
}

async function doubted(
  api: ArgoCdApi,
  name: string,
  arrival: Extract<Arrival, { kind: "doubtful" }>,
): Promise<UserError> {
  if (arrival.cause === "comparison") {
    return stopped(
      api,
      name,
      arrival.reason,
      [],
      "correct the infra repository or Argo CD's access to it, then run the same command again",
    );
  }
  const fix = "look at these objects' events and logs, correct the image or the manifests, and deliver that";
  return stopped(api, name, `the Application is ${arrival.reason}`, await unhealthy(api, name), fix);
}

async function overdue(api: ArgoCdApi, name: string, reason: string, timeoutMs: number): Promise<UserError> {
  const message = `after ${String(Math.round(timeoutMs / 1000))} s it has not arrived: ${reason}`;
  return stopped(
    api,
    name,
    message,
    await unhealthy(api, name),
    "look at it there; the same command goes on waiting, --deploy-timeout gives it longer",
  );
}

async function unhealthy(api: ArgoCdApi, name: string): Promise<readonly string[]> {
  const nodes = await api.unhealthy(name);
  return nodes.map(({ kind, name: object, health }) => {
    const message = health?.message === undefined || health.message === "" ? "" : `: ${health.message}`;
    return `${kind} ${object} is ${health?.status ?? "Unknown"}${message}`;
  });
}
