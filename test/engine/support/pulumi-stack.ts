import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readEventLog, type Run } from "./pulumi-run";

/** Which stack it is, and what runs it. */
export interface StackPlace {
  /** Path of the CLI. */
  readonly cli: string;
  readonly env: Readonly<Record<string, string>>;
  /** The folder that holds Pulumi.yaml. */
  readonly dir: string;
  /** The folder that the file backend keeps its states in. */
  readonly backend: string;
  /** The folder for the event logs. */
  readonly logs: string;
  readonly project: string;
  readonly stack: string;
}

/** A resource as the state keeps it. A secret is an object with a signature and a ciphertext. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly custom: boolean;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly initErrors?: readonly string[];
  readonly additionalSecretOutputs?: readonly string[];
  readonly dependencies?: readonly string[];
  readonly protect?: boolean;
}

/** A command that still runs: to be killed, or to be waited for. */
export interface RunningCommand {
  readonly process: ChildProcess;
  /** What it has done until now. */
  soFar(): Pick<Run, "steps" | "ended">;
  readonly done: Promise<Run>;
}

/** One stack of the program in a folder, its state in a file backend, run by the real CLI. */
export class PulumiStack {
  #commands = 0;

  constructor(protected readonly place: StackPlace) {}

  /** The stack's name. */
  get stack(): string {
    return this.place.stack;
  }

  /** `pulumi up` without preview and question. */
  up(...flags: string[]): Promise<Run> {
    return this.#engine("up", "--skip-preview", "--yes", ...flags);
  }

  preview(...flags: string[]): Promise<Run> {
    return this.#engine("preview", ...flags);
  }

  refresh(...flags: string[]): Promise<Run> {
    return this.#engine("refresh", "--skip-preview", "--yes", ...flags);
  }

  /** What a refresh would find; the state stays as it is. */
  drift(...flags: string[]): Promise<Run> {
    return this.#engine("refresh", "--preview-only", ...flags);
  }

  destroy(...flags: string[]): Promise<Run> {
    return this.#engine("destroy", "--skip-preview", "--yes", ...flags);
  }

  /** `pulumi import` of one resource; neither protects it nor prints code. */
  import(type: string, name: string, id: string, ...flags: string[]): Promise<Run> {
    const quiet = ["--skip-preview", "--yes", "--protect=false", "--generate-code=false"];
    return this.#engine("import", type, name, id, ...quiet, ...flags);
  }

  /** Any command that runs the engine, begun but not awaited, as the leader of a process group: to be killed in the middle. */
  start(command: string, ...flags: string[]): RunningCommand {
    const log = this.#nextLog();
    return this.#start([command, "--non-interactive", "--event-log", log, ...flags], log, true);
  }

  /** Any command of the CLI on this project; its exit code is not judged. */
  run(...args: string[]): Promise<Run> {
    return this.#start(args, "", false).done;
  }

  /** As `run`, but throws with all that was said unless the exit code is 0. Gives back stdout. */
  async must(...args: string[]): Promise<string> {
    const run = await this.run(...args);
    if (run.exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} failed:\n${run.stdout}\n${run.stderr}`);
    return run.stdout;
  }

  /** Sets a key of the stack's config. */
  async config(key: string, value: string, ...flags: string[]): Promise<void> {
    await this.must("config", "set", key, value, ...flags);
  }

  /** The stack's outputs; secrets in clear. */
  async outputs(): Promise<Record<string, unknown>> {
    return JSON.parse(await this.must("stack", "output", "--json", "--show-secrets")) as Record<string, unknown>;
  }

  /** The state's resources, without the stack itself and the providers; secrets are encrypted. */
  async resources(): Promise<StateResource[]> {
    const { checkpoint } = JSON.parse(await readFile(this.#statePath, "utf8")) as {
      checkpoint: { latest?: { resources?: StateResource[] | null } | null };
    };
    return (checkpoint.latest?.resources ?? []).filter(({ type }) => !type.startsWith("pulumi:"));
  }

  /** The resource of that name in the state. Throws when there is none. */
  async resource(name: string): Promise<StateResource> {
    const all = await this.resources();
    const found = all.find(({ urn }) => urn.endsWith(`::${name}`));
    if (found === undefined) throw new Error(`no ${name} in the state: ${all.map(({ urn }) => urn).join(", ")}`);
    return found;
  }

  /** The state file, byte for byte: what a thief would read. */
  stateFile(): string {
    return readFileSync(this.#statePath, "utf8");
  }

  get #statePath(): string {
    const { backend, project, stack } = this.place;
    return join(backend, ".pulumi", "stacks", project, `${stack}.json`);
  }

  #engine(command: string, ...flags: string[]): Promise<Run> {
    const log = this.#nextLog();
    return this.#start([command, "--non-interactive", "--event-log", log, ...flags], log, false).done;
  }

  #nextLog(): string {
    return join(this.place.logs, `events-${++this.#commands}.json`);
  }

  #start(args: readonly string[], eventLog: string, detached: boolean): RunningCommand {
    const { cli, dir, env } = this.place;
    const child = spawn(cli, ["--cwd", dir, ...args], { env, stdio: ["ignore", "pipe", "pipe"], detached });
    const done = new Promise<Run>((resolve, reject) => {
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
      child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
      child.on("error", reject);
      child.on("close", (exitCode, signal) => {
        resolve({ exitCode, signal, stdout, stderr, ...readEventLog(eventLog) });
      });
    });
    return { process: child, done, soFar: () => readEventLog(eventLog) };
  }
}
