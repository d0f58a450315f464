import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import type { Clock } from "../../../delivery/clock";
import type { RedeployFlags } from "../../../delivery/redeploy/flags";
import { prepare } from "../../../delivery/redeploy/prepare";
import type { Told } from "../../../delivery/redeploy/progress";
import { redeploy, type Outcome } from "../../../delivery/redeploy/run";
import { CONFIG } from "../../unit/delivery/redeploy/config-file";
import { startFakePlatform, type PlatformScript } from "./fake-platform";

/** Time that passes only when somebody sleeps, and then at once. */
function fakeClock(onSleep: () => void = () => undefined): Clock {
  let now = 0;
  return {
    now: () => now,
    sleep: async (milliseconds, signal) => {
      now += milliseconds;
      onSleep();
      await new Promise(setImmediate);
      signal.throwIfAborted();
    },
  };
}

/** A team's two repositories where the team works, and a platform with a script. */
export interface World {
  readonly folder: string;
  readonly script: PlatformScript;
  readonly url: string;
  /** The app repository's head. */
  readonly commit: string;
  /** Every line that was told: `build: pipeline 3 is running`. */
  readonly told: string[];
  readonly controller: AbortController;
  /** Runs git in the bare infra repository. */
  infra(...args: string[]): string;
  /** Pushes a file to the infra repository as somebody else. */
  pushInfra(file: string, text: string): string;
  deliver(flags?: Partial<RedeployFlags>, onSleep?: () => void): Promise<Outcome>;
  stateText(): string;
  readonly stateFile: string;
}

const identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"];

function git(cwd: string, ...args: string[]): string {
  return execFileSync("git", ["-C", cwd, ...identity, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}

/** A bare repository with one commit on `main`, by two processes: most of a test's time is git's. */
function newRepository(folder: string, name: string, files: Readonly<Record<string, string>>): string {
  const bare = join(folder, `${name}.git`);
  git(folder, "init", "--quiet", "--bare", "--initial-branch=main", bare);
  const data = (text: string): string => `data ${String(Buffer.byteLength(text))}\n${text}\n`;
  const changes = Object.entries(files).map(([file, text]) => `M 644 inline ${file}\n${data(text)}`);
  const input = `commit refs/heads/main\ncommitter Ann <ann@example.org> 0 +0000\n${data("first")}${changes.join("")}`;
  execFileSync("git", ["-C", bare, "fast-import", "--quiet"], { input });
  return bare;
}

export const VALUES = "image: { repository: registry.example/api, tag: old } # ours\n";

export async function world(config: (url: string) => string = CONFIG): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "redeploy-test-"));
  const platform = await startFakePlatform();
  onTestFinished(async () => {
    rmSync(folder, { recursive: true, force: true });
    vi.unstubAllEnvs();
    await platform.close();
  });
  const app = newRepository(folder, "api", { "main.ts": "1\n" });
  const infra = newRepository(folder, "infra", { "values.yaml": VALUES });
  const env: Record<string, string> = {
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `url.${folder}/.insteadOf`,
    GIT_CONFIG_VALUE_0: "http://git.example/",
    GITLAB_TOKEN: "glpat-reader",
    MIRROR_TRIGGER_TOKEN: "glptt-right",
    ARGOCD_AUTH_TOKEN: "argocd-secret-token",
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  writeFileSync(join(folder, "redeploy.yaml"), config(platform.url));
  const { script } = platform;
  const commit = git(app, "rev-parse", "main");
  const stateFile = join(folder, "state.json");
  const told: string[] = [];
  let controller = new AbortController();
  script.heads.set("acme/shop/deploy", git(infra, "rev-parse", "main"));
  script.mirror = (name) => {
    const bare = name === "api" ? app : infra;
    script.heads.set(`acme/shop/${name}`, git(bare, "rev-parse", "main"));
    if (name === "api")
      script.pipelines.push({
        id: 50,
        project: "acme/shop/api",
        sha: commit,
        statuses: ["created", "running", "success"],
      });
  };
  script.application = () => synced(script.heads.get("acme/shop/deploy") ?? "");
  return {
    folder,
    script,
    url: platform.url,
    commit,
    told,
    get controller() {
      return controller;
    },
    infra: (...args) => git(infra, ...args),
    pushInfra: (file, text) => {
      const work = mkdtempSync(join(folder, "work-"));
      git(folder, "clone", "--quiet", infra, work);
      writeFileSync(join(work, file), text);
      git(work, "commit", "--quiet", "--all", "--message", "by hand");
      git(work, "push", "--quiet", "origin", "HEAD:main");
      return git(infra, "rev-parse", "main");
    },
    stateFile,
    stateText: () => execFileSync("cat", [stateFile], { encoding: "utf8" }),
    deliver: async (flags = {}, onSleep) => {
      controller = new AbortController();
      const { signal } = controller;
      const progress = { tell: (one: Told) => void told.push(lineOf(one)), close: () => undefined };
      const all: RedeployFlags = { ...defaults, config: join(folder, "redeploy.yaml"), state: stateFile, ...flags };
      const { delivery, infra: options } = await prepare(all, {
        progress,
        clock: fakeClock(onSleep),
        signal,
        env: process.env,
      });
      try {
        return await redeploy(delivery, options, { restart: flags.restart === true, began: () => undefined });
      } finally {
        delivery.state.close();
      }
    },
  };
}

const defaults = { mirrorTimeout: 60_000, buildTimeout: 300_000, deployTimeout: 300_000, outage: 60_000 };

function lineOf(told: Told): string {
  const place = told.event === "warning" ? "warning" : (told.step ?? "-");
  return `${place}: ${"message" in told ? told.message : told.status}`;
}

/** An Application that is Synced and Healthy at a revision, with more or other status. */
export function synced(revision: string, more: object = {}): unknown {
  const at = "2026-11-21T12:00:00Z";
  const operationState = { phase: "Succeeded", finishedAt: at, syncResult: { revision } };
  return {
    metadata: { name: "acme-shop-dev-deploy-6293" },
    spec: { project: "acme-shop-dev-6293", syncPolicy: { automated: {} } },
    status: {
      sync: { status: "Synced", revision },
      health: { status: "Healthy" },
      reconciledAt: at,
      operationState,
      ...more,
    },
  };
}
