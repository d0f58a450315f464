import type { Probe } from "./probe";

/** How one process is run. */
export interface ProcessSpec {
  /** Unique in its group; names its log and its record: `etcd`. */
  readonly name: string;
  /** Absolute path, or a name on PATH. */
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited. @default empty */
  readonly env?: Readonly<Record<string, string>>;
  /** @default the working directory of this process */
  readonly cwd?: string;
  /** Gets standard output and error; an earlier log is kept beside it as `<log>.previous`. */
  readonly log: string;
  /** The address that it listens on. @default 127.0.0.1 */
  readonly host?: string;
  /** The ports that it listens on, the most important first. @default none */
  readonly ports?: readonly number[];
  readonly ready: Probe;
  /** Milliseconds until it must be ready. @default 60000 */
  readonly readyTimeout?: number;
  /** Milliseconds between SIGTERM and SIGKILL. @default 10000 */
  readonly stopGrace?: number;
}

/** The command as a shell would take it, for error messages. */
export function commandLine(spec: Pick<ProcessSpec, "command" | "args">): string {
  return [spec.command, ...spec.args].map(quote).join(" ");
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
