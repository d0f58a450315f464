import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { cacheRoot } from "../../manifests/cache";
import type { EnsureOptions } from "./ensure";
import { explainFileError } from "./go-problems";
import { NpmMissing, runNpmCi } from "./npm-command";
import { explainNpmFailure, npmMissing } from "./npm-problems";
import { createProgress, type ProgressStep } from "./progress";
import { Staging, sweepStagings } from "./staging";

/** A program that comes as an npm package with dependencies of its own, apart from those of the project. */
export type NpmTool = "gitlab-ci-local";

/** The script that Node.js runs, in the folder of the installation. */
const mains: Readonly<Record<NpmTool, string>> = {
  "gitlab-ci-local": "node_modules/gitlab-ci-local/src/index.js",
};

/** What pins an installation: the lock file holds a checksum for each package. */
const pins = ["package.json", "package-lock.json", ".npmrc"] as const;

/**
 * Makes sure that an npm program is there: from the cache, else installed by `npm ci` from the lock file in
 * `npm/<tool>`, with progress. Two processes that want it at once make one installation.
 *
 * @returns the absolute path of the script, for `node <script>`
 * @throws UserError where the user can help: no npm, no network, no compiler, a full disk
 */
export async function ensureNpmTool(tool: NpmTool, options: EnsureOptions = {}): Promise<string> {
  const env = options.env ?? process.env;
  const root = resolve(cacheRoot(env));
  const place = join(root, "tools", `${tool}-${npmToolKey(tool)}`);
  const isDone = (): boolean => existsSync(join(place, mains[tool]));
  if (!isDone()) {
    const progress = options.progress ?? createProgress();
    progress.note(`installing ${tool} from its lock file, which takes minutes: later runs find it in ${root}`);
    try {
      await progress.step(`installing ${tool} by npm`, (step) => install(tool, { root, place, env, step, isDone }));
    } catch (error) {
      throw explainFileError(error, root);
    }
  }
  return join(place, mains[tool]);
}

/** Twelve hexadecimal digits that change with the pinned packages, the platform and what compiled parts depend on. */
export function npmToolKey(tool: NpmTool): string {
  const files = pins.map((name) => readFileSync(join(pinned(tool), name), "utf8"));
  const inputs = { platform: process.platform, arch: process.arch, abi: process.versions.modules, files };
  return createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 12);
}

interface Installation {
  readonly root: string;
  readonly place: string;
  readonly env: NodeJS.ProcessEnv;
  readonly step: ProgressStep;
  readonly isDone: () => boolean;
}

async function install(tool: NpmTool, { root, place, env, step, isDone }: Installation): Promise<void> {
  sweepStagings(root);
  const log = join(root, "logs", `npm-${tool}.log`);
  const staging = Staging.open(root, `${tool}-${npmToolKey(tool)}`);
  try {
    const isMadeElsewhere = await staging.waitForOthers(isDone, (pid) => {
      step.detail(`process ${String(pid)} is at it`);
    });
    if (isMadeElsewhere) return;
    step.detail("");
    mkdirSync(join(root, "logs"), { recursive: true });
    rmSync(log, { force: true });
    const made = join(staging.folder, "made");
    mkdirSync(made);
    for (const name of pins) copyFileSync(join(pinned(tool), name), join(made, name));
    const { ok, output } = await runNpmCi({ cwd: made, env, log });
    if (!ok) throw explainNpmFailure(tool, output, log);
    if (!existsSync(join(made, mains[tool]))) throw new Error(`the package ${tool} holds no ${mains[tool]}`);
    await staging.publish(made, place, isDone);
  } catch (error) {
    throw error instanceof NpmMissing ? npmMissing(tool) : error;
  } finally {
    staging.close();
  }
}

function pinned(tool: NpmTool): string {
  return join(__dirname, "npm", tool);
}
