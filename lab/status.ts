import { controlPlaneStages, host, serverUrl } from "./control-plane";
import { controlPlane } from "./lab";
import { layoutOf } from "./layout";
import {
  commandLine,
  isOfEarlierBoot,
  isRunning,
  logTail,
  look,
  type ProcessRecord,
  type ProcessSpec,
  RecordFolder,
  tcpProbe,
} from "./process";
import { readSettings } from "./settings";

export interface ProcessStatus {
  readonly name: string;
  /**
   * `ready`; `not ready`: it runs and does not answer well; `died`: it ended without having been stopped;
   * `stopped`: it was, or the machine has been booted since.
   */
  readonly state: "ready" | "not ready" | "died" | "stopped";
  /** Absent unless it runs. */
  readonly pid?: number;
  /** The address that it serves on. @default 127.0.0.1 */
  readonly host?: string;
  /** The port that it serves on. */
  readonly port?: number;
  readonly log: string;
  /** Why it is not ready; absent when it is, and when it does not run. */
  readonly reason?: string;
  /** How it was run; only of one that died. */
  readonly command?: string;
  /** The end of its log; only of one that died. */
  readonly logTail?: readonly string[];
}

export interface LabStatus {
  readonly stateDir: string;
  /** Whether every process is ready. */
  readonly running: boolean;
  readonly server?: string;
  readonly kubeconfig?: string;
  /** In the order of their start; empty where there is no lab. */
  readonly processes: readonly ProcessStatus[];
}

/** Looks at a lab without changing it. */
export async function labStatus(stateDir: string): Promise<LabStatus> {
  const layout = layoutOf(stateDir);
  const settings = readSettings(layout);
  if (settings === undefined) return { stateDir: layout.stateDir, running: false, processes: [] };
  const records = new RecordFolder(layout.records);
  // Only probes, ports and logs are of interest here, so that no program need be there.
  const specs = controlPlaneStages(controlPlane(layout, settings, (tool) => tool)).flat();
  // After a reboot nobody misses a part: which are wanted is said anew at each start.
  const parts = records
    .list()
    .filter(({ name, identity }) => !specs.some((spec) => spec.name === name) && !isOfEarlierBoot(identity));
  const processes = await Promise.all([
    ...specs.map((spec) => processStatus(spec, records.find(spec.name))),
    ...parts.map((record) => processStatus(partProcess(record), record)),
  ]);
  return {
    stateDir: layout.stateDir,
    running: processes.every(({ state }) => state === "ready"),
    server: serverUrl(settings.ports.apiserver),
    kubeconfig: layout.kubeconfig,
    processes,
  };
}

/** What can be known of a process of the second storey by its record alone: that its port is served, where it has one. */
function partProcess(record: ProcessRecord): Observed {
  const [port] = record.ports;
  const ready = port === undefined ? () => Promise.resolve(true as const) : tcpProbe(record.host ?? host, port);
  return { ...record, ready };
}

/** What there is to see of a process without starting it. */
type Observed = Pick<ProcessSpec, "name" | "host" | "ports" | "log" | "ready">;

async function processStatus(spec: Observed, record: ProcessRecord | undefined): Promise<ProcessStatus> {
  const [port] = spec.ports ?? [];
  const where = spec.host === undefined ? {} : { host: spec.host };
  const known = { name: spec.name, ...where, ...(port === undefined ? {} : { port }), log: spec.log };
  if (record === undefined || isOfEarlierBoot(record.identity)) return { ...known, state: "stopped" };
  if (!isRunning(record.identity)) {
    return { ...known, state: "died", command: commandLine(record), logTail: logTail(record.log) };
  }
  const { pid } = record.identity;
  const answer = await look(spec.ready);
  return answer === true ? { ...known, state: "ready", pid } : { ...known, state: "not ready", pid, reason: answer };
}
