import { describeRun } from "./failure";
import { identify, isOfEarlierBoot, isRunning } from "./identity";
import { logTail } from "./log";
import { waitUntilReady } from "./probe";
import type { ProcessRecord, RecordFolder } from "./records";
import { commandLine, type ProcessSpec } from "./spec";
import { type Lifetime, startProcess } from "./start";
import { stopProcess } from "./stop";

/** Processes that start together; a stage starts when all processes of the one before are ready. */
export type Stages = readonly (readonly ProcessSpec[])[];

export interface GroupOptions {
  readonly lifetime: Lifetime;
  readonly signal?: AbortSignal;
  /** The number of the first stage: stages of a group on top of another's begin after its last. @default 0 */
  readonly firstStage?: number;
  /** Told what is found and done: a process that died, one that is started anew. */
  readonly note?: (line: string) => void;
  /** Wraps the start of one process, to show how it goes. */
  readonly step?: (label: string, work: () => Promise<void>) => Promise<void>;
}

/** What one call has started. */
export interface StartedGroup {
  /** Takes it back: stops what the call started, in reverse order, and nothing else. */
  stop(): Promise<void>;
}

/** How long a process that is already running may take to answer before it counts as hung. */
const answerTimeout = 15_000;

/**
 * Makes every process of the stages run and be ready. Those that already do are kept; one that died or hangs, or that
 * would be started differently now, is reported and started anew. When one fails, or on abort, all that this call
 * started are stopped again in reverse order, and the failure is thrown.
 */
export async function startGroup(stages: Stages, records: RecordFolder, options: GroupOptions): Promise<StartedGroup> {
  const failed = new AbortController();
  const signal = options.signal === undefined ? failed.signal : AbortSignal.any([options.signal, failed.signal]);
  const started: ProcessRecord[] = [];
  try {
    for (const [stage, specs] of stages.entries()) {
      const starts = specs.map(async (spec) => {
        try {
          await ensureRunning(spec, (options.firstStage ?? 0) + stage);
        } catch (error) {
          failed.abort(error);
          throw error;
        }
      });
      // Every start has come to its end before anything is stopped; the first failure aborts the others.
      await Promise.allSettled(starts);
      signal.throwIfAborted();
    }
    return { stop: () => stopRecords(started, records) };
  } catch (error) {
    await stopRecords(started, records);
    throw error;
  }

  async function ensureRunning(spec: ProcessSpec, stage: number): Promise<void> {
    const record = records.find(spec.name);
    if (record !== undefined) {
      const complaint = await complain(record, spec, signal);
      if (complaint === undefined) return;
      if (complaint !== "") options.note?.(complaint);
      await stopProcess(record.identity, record.stopGrace);
    }
    const start = async (): Promise<void> => {
      const { name, command, args, log, host, ports = [], stopGrace } = spec;
      await startProcess(spec, {
        lifetime: options.lifetime,
        signal,
        onSpawn: (identity) => {
          const where = host === undefined ? {} : { host };
          const grace = stopGrace === undefined ? {} : { stopGrace };
          const next = { name, identity, command, args, log, ...where, ports, stage, ...grace };
          started.push(next);
          records.save(next);
        },
      });
    };
    await (options.step === undefined ? start() : options.step(`starting ${spec.name}`, start));
  }
}

/** Stops every recorded process, later stages first, and forgets it. */
export async function stopGroup(records: RecordFolder): Promise<void> {
  await stopRecords(records.list(), records);
}

async function stopRecords(list: readonly ProcessRecord[], records: RecordFolder): Promise<void> {
  const stages = [...new Set(list.map((record) => record.stage))].sort((a, b) => b - a);
  for (const stage of stages) {
    const ending = list.filter((record) => record.stage === stage);
    await Promise.all(
      ending.map(async (record) => {
        await stopProcess(record.identity, record.stopGrace);
        records.remove(record.name);
      }),
    );
  }
}

/** Why a recorded process cannot be kept: absent when it can, empty when nobody needs to know. */
async function complain(record: ProcessRecord, spec: ProcessSpec, signal: AbortSignal): Promise<string | undefined> {
  if (!isRunning(record.identity)) return describeDeath(record);
  if (commandLine(record) !== commandLine(spec)) return `${spec.name} is started anew: its command has changed`;
  const reason = await waitUntilReady(spec.ready, answerTimeout, signal);
  if (reason === undefined) return undefined;
  return [
    `${spec.name} hangs (${reason}) and is started anew`,
    ...describeRun(commandLine(record), logTail(record.log)),
  ].join("\n");
}

/** What to say of a process that was started and is gone; empty after a reboot, which ends them all. */
function describeDeath(record: ProcessRecord): string {
  if (isOfEarlierBoot(record.identity)) return "";
  const { pid } = record.identity;
  const recycled = identify(pid) === undefined ? "" : "; its pid is another process's by now";
  const fact = `${record.name} (pid ${String(pid)}) died and is started anew${recycled}`;
  return [fact, ...describeRun(commandLine(record), logTail(record.log))].join("\n");
}
