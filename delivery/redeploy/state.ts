import { createHash, randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { stateFolder } from "../../lab/user-folders";
import { UserError } from "../../model/problem";
import type { Plan } from "./plan";

const pipeline = z.object({ id: z.int(), url: z.string() });

const stateFile = z.object({
  format: z.literal(1),
  /** What is delivered where, so that a file is never taken for another delivery's. */
  delivery: z.string(),
  commit: z.string(),
  tag: z.string(),
  startedAt: z.string(),
  mirrorApp: pipeline.optional(),
  /** The commit in the infra repository, once it is pushed. */
  bump: z.string().optional(),
  /** Set before the push: a tag that is there after a crash is ours then. */
  pushing: z.boolean().optional(),
  mirrorInfra: pipeline.optional(),
  deliveredAt: z.string().optional(),
});

/** How far a delivery has come. It holds no secret. */
export type State = z.output<typeof stateFile>;

/** What names a delivery, for its state and for people. */
export function deliveryName({ organisation, project, environment, app }: Plan): string {
  return `${organisation}/${project}/${app.name} to ${environment}`;
}

/** `$XDG_STATE_HOME/gitops-factory/redeploy/…`, by default below `~/.local/state`; one file a delivery. */
export function defaultStateFile(plan: Plan, env: NodeJS.ProcessEnv): string {
  // Two platforms may have projects of the same name.
  const where = createHash("sha256").update(`${plan.app.url} ${plan.infra.url}`).digest("hex").slice(0, 8);
  const name = `${plan.organisation}-${plan.project}-${plan.app.name}-${plan.environment}-${where}.json`;
  return join(stateFolder(env), "redeploy", name);
}

/** The state of one delivery in a file of mode 0600. */
export class StateFile {
  private constructor(
    readonly path: string,
    private readonly delivery: string,
  ) {}

  /**
   * Takes the file for this process alone until `close`.
   *
   * @throws UserError when another process has it
   */
  static open(path: string, delivery: string): StateFile {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    takeLock(`${path}.lock`, delivery);
    return new StateFile(path, delivery);
  }

  /** The earlier state; absent where there is none that can be read, or another delivery's. */
  read(): State | undefined {
    try {
      const parsed = stateFile.safeParse(JSON.parse(readFileSync(this.path, "utf8")));
      return parsed.success && parsed.data.delivery === this.delivery ? parsed.data : undefined;
    } catch {
      return undefined;
    }
  }

  write(state: Omit<State, "format" | "delivery">): void {
    const text = `${JSON.stringify({ format: 1, delivery: this.delivery, ...state }, null, 2)}\n`;
    const beside = `${this.path}.${randomBytes(6).toString("hex")}.tmp`;
    writeFileSync(beside, text, { mode: 0o600, flag: "wx" });
    renameSync(beside, this.path);
  }

  close(): void {
    rmSync(`${this.path}.lock`, { force: true });
  }
}

interface Holder {
  readonly pid: number;
  readonly host: string;
}

function takeLock(path: string, delivery: string): void {
  const own: Holder = { pid: process.pid, host: hostname() };
  const beside = `${path}.${randomBytes(6).toString("hex")}`;
  writeFileSync(beside, JSON.stringify(own), { mode: 0o600, flag: "wx" });
  try {
    for (let attempt = 1; ; attempt += 1) {
      // A link has its content from the start, so that no other process reads a lock that nobody holds yet.
      if (isLinked(beside, path)) return;
      const holder = readHolder(path);
      if (attempt > 3 || (holder !== undefined && !isGone(holder))) throw taken(path, delivery, holder);
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(beside);
  }
}

function isLinked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

/** Whether a process of this machine has ended without taking its lock away. */
function isGone({ pid, host }: Holder): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}

function taken(path: string, delivery: string, holder: Holder | undefined): UserError {
  return new UserError([
    {
      severity: "error",
      file: path,
      path: "",
      ...(holder !== undefined && { value: `process ${String(holder.pid)} on ${holder.host}` }),
      message: `another run delivers ${delivery} just now`,
      fix: "wait until it has ended; remove this file if there is no such process any more",
    },
  ]);
}
