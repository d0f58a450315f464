import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { PulumiEngine } from "./pulumi-engine";
import { readEventLog, type Run } from "./pulumi-run";

const nodeModules = join(__dirname, "..", "..", "..", "node_modules");

export interface ProjectOptions {
  /** The program: the text of its `index.js`, CommonJS. */
  readonly program: string;
  /** @default "conformance" */
  readonly name?: string;
  /** @default "test" */
  readonly stack?: string;
  /** Added to the engine's environment: `KUBECONFIG`. */
  readonly env?: Readonly<Record<string, string>>;
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
  readonly done: Promise<Run>;
}

/** A Pulumi program in a temporary folder, with a stack in a file backend beside it, run by the real CLI. */
export class PulumiProject {
  readonly dir = mkdtempSync(join(tmpdir(), "gitops-factory-project-"));
  readonly stack: string;
  readonly #name: string;
  readonly #cli: string;
  readonly #env: Record<string, string>;
  #commands = 0;

  private constructor(engine: PulumiEngine, options: ProjectOptions) {
    this.#name = options.name ?? "conformance";
    this.stack = options.stack ?? "test";
    this.#cli = engine.cli;
    this.#env = { ...engine.env, ...options.env, PULUMI_BACKEND_URL: `file://${this.dir}` };
    symlinkSync(nodeModules, join(this.dir, "node_modules"));
    this.write("package.json", `${JSON.stringify({ name: this.#name, private: true })}\n`);
    this.write("Pulumi.yaml", `name: ${this.#name}\nruntime: nodejs\nmain: index.js\n`);
    this.program(options.program);
  }

  static async create(engine: PulumiEngine, options: ProjectOptions): Promise<PulumiProject> {
    const project = new PulumiProject(engine, options);
    await project.must("stack", "init", project.stack);
    return project;
  }

  /** Replaces the program. */
  program(text: string): void {
    this.write("index.js", text);
  }

  /** Writes a file of the project's folder; its directories are made. */
  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.dir, file)), { recursive: true });
    writeFileSync(join(this.dir, file), text);
  }

  /** `pulumi up` without preview and question. */
  up(...flags: string[]): Promise<Run> {
    return this.#engineCommand("up", "--skip-preview", "--yes", ...flags);
  }

  preview(...flags: string[]): Promise<Run> {
    return this.#engineCommand("preview", ...flags);
  }

  refresh(...flags: string[]): Promise<Run> {
    return this.#engineCommand("refresh", "--skip-preview", "--yes", ...flags);
  }

  destroy(...flags: string[]): Promise<Run> {
    return this.#engineCommand("destroy", "--skip-preview", "--yes", ...flags);
  }

  /** `pulumi import` of one resource; neither protects it nor prints code. */
  import(type: string, name: string, id: string, ...flags: string[]): Promise<Run> {
    const quiet = ["--skip-preview", "--yes", "--protect=false", "--generate-code=false"];
    return this.#engineCommand("import", type, name, id, ...quiet, ...flags);
  }

  /** Any command that runs the engine, begun but not awaited: to kill it in the middle. */
  start(command: string, ...flags: string[]): RunningCommand {
    const log = join(this.dir, `events-${++this.#commands}.json`);
    return this.#start([command, "--non-interactive", "--event-log", log, ...flags], log);
  }

  /** Any command of the CLI on this project; its exit code is not judged. */
  run(...args: string[]): Promise<Run> {
    return this.#start(args, "").done;
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

  dispose(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  get #statePath(): string {
    return join(this.dir, ".pulumi", "stacks", this.#name, `${this.stack}.json`);
  }

  #engineCommand(command: string, ...flags: string[]): Promise<Run> {
    return this.start(command, ...flags).done;
  }

  #start(args: readonly string[], eventLog: string): RunningCommand {
    const child = spawn(this.#cli, ["--cwd", this.dir, ...args], {
      env: this.#env,
      stdio: ["ignore", "pipe", "pipe"],
    });
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
    return { process: child, done };
  }
}
