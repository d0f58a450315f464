import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { buildModule } from "./build";
import { bundleFolder, bundleKey, cacheRoot, isComplete, manifestCacheDir } from "./cache";
import {
  type Bundle,
  bundles,
  type ManifestSet,
  type ManifestSetName,
  manifestSets,
  type ToolName,
  toolsOf,
} from "./catalogue";
import { fetchManifests, hasManifests } from "./manifest-sets";
import { bundleOnPath } from "./path-tools";
import { checkBeforeBuild } from "./preflight";
import { createProgress, type Progress } from "./progress";
import { Staging, sweepStagings } from "./staging";

export interface EnsureOptions {
  /** @default lines on standard error */
  readonly progress?: Progress;
  /** Where PATH, HOME, GITOPS_FACTORY_CACHE and Go's settings are read. @default the process's environment */
  readonly env?: NodeJS.ProcessEnv;
}

/** The programs that were asked for. */
export interface Toolchain {
  /** A program's absolute path. Throws on one that was not asked for: that is a bug of the caller. */
  path(tool: ToolName): string;
  /** The folders to put in front of PATH; programs taken from PATH need none. */
  readonly binDirs: readonly string[];
}

/**
 * Makes sure that programs and manifests are there: from the cache, else from PATH when the version fits, else built
 * from the pinned modules. Says nothing when there is nothing to do.
 *
 * Throws a `UserError` where the user can help: Go missing or too old, disk full, no network, a build that fails.
 */
export async function ensureTools(
  names: readonly (ToolName | ManifestSetName)[],
  options: EnsureOptions = {},
): Promise<Toolchain> {
  const env = options.env ?? process.env;
  const job = new Job(env, options.progress ?? createProgress());
  const paths = new Map<ToolName, string>();
  const binDirs: string[] = [];
  const missing: Bundle[] = [];
  for (const bundle of bundles) {
    const wanted = toolsOf(bundle).filter((tool) => names.includes(tool));
    if (wanted.length === 0) continue;
    const onPath = job.isCached(bundle) ? undefined : await bundleOnPath(bundle, wanted, env);
    if (onPath === undefined) {
      const bin = join(job.placeOf(bundle), "bin");
      binDirs.push(bin);
      for (const tool of wanted) paths.set(tool, join(bin, tool));
      if (!job.isCached(bundle)) missing.push(bundle);
    } else {
      for (const [tool, path] of onPath) paths.set(tool, path);
    }
  }
  const sets = manifestSets.filter((set) => names.includes(set.name) && !hasManifests(manifestCacheDir(env), set));
  await job.run(missing, sets);
  return {
    binDirs,
    path(tool) {
      const path = paths.get(tool);
      if (path === undefined) throw new Error(`${tool} is not among the tools that were ensured: ${names.join(", ")}`);
      return path;
    },
  };
}

/** The work of one call: what is missing, one after the other, since each build takes all processors. */
class Job {
  private readonly modulesDir = join(__dirname, "modules");
  private readonly root: string;
  private done = 0;
  private total = 0;

  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly progress: Progress,
  ) {
    this.root = cacheRoot(env);
  }

  placeOf(bundle: Bundle): string {
    return bundleFolder(this.root, bundle, bundleKey(bundle, this.modulesDir));
  }

  isCached(bundle: Bundle): boolean {
    return isComplete(this.placeOf(bundle), bundle);
  }

  /** The manifests come first: they take seconds, and show early whether the network does its part. */
  async run(missing: readonly Bundle[], sets: readonly ManifestSet[]): Promise<void> {
    const folders = [...sets, ...missing.flatMap((bundle) => bundle.modules)].map(({ folder }) => folder);
    this.total = folders.length;
    sweepStagings(this.root);
    if (this.total === 0) return;
    mkdirSync(join(this.root, "logs"), { recursive: true });
    const log = join(this.root, "logs", "preflight.log");
    await checkBeforeBuild({ folders, modulesDir: this.modulesDir, root: this.root, log, env: this.env });
    if (missing.length > 0) {
      const place = this.root.replace(homedir(), "~");
      this.progress.note(`building tools from their pinned modules, once: later runs take them from ${place}`);
    }
    for (const set of sets) await this.fetch(set);
    for (const bundle of missing) await this.build(bundle);
  }

  private async fetch(set: ManifestSet): Promise<void> {
    const manifests = manifestCacheDir(this.env);
    await this.inStaging(set.name, async (staging) => {
      await this.step(`fetching the manifests of Argo CD ${set.version}`, () =>
        fetchManifests(manifests, set, staging, this.goContext(staging, set.folder)),
      );
    });
  }

  private async build(bundle: Bundle): Promise<void> {
    const place = this.placeOf(bundle);
    const isDone = (): boolean => isComplete(place, bundle);
    await this.inStaging(`${bundle.name}-${bundleKey(bundle, this.modulesDir)}`, async (staging) => {
      const made = join(staging.folder, "made");
      let isElsewhere = false;
      for (const module of bundle.modules) {
        await this.step(`building ${Object.keys(module.packages).join(", ")}`, async (detail) => {
          isElsewhere ||= await staging.waitForOthers(isDone, (pid) => {
            detail(`process ${String(pid)} is at it`);
          });
          if (isElsewhere) return;
          detail("");
          await buildModule(module, join(made, "bin"), this.goContext(staging, module.folder));
        });
      }
      if (!isElsewhere) await staging.publish(made, place, isDone);
    });
  }

  private goContext(staging: Staging, folder: string): Parameters<typeof buildModule>[2] {
    return {
      modulesDir: this.modulesDir,
      env: this.env,
      temporary: staging.folder,
      log: join(this.root, "logs", `${folder}.log`),
    };
  }

  private async step(label: string, work: (detail: (text: string) => void) => Promise<void>): Promise<void> {
    this.done += 1;
    const position = { index: this.done, of: this.total };
    await this.progress.step(
      label,
      (step) =>
        work((text) => {
          step.detail(text);
        }),
      position,
    );
  }

  private async inStaging(work: string, use: (staging: Staging) => Promise<void>): Promise<void> {
    const staging = Staging.open(this.root, work);
    try {
      await use(staging);
    } finally {
      staging.close();
    }
  }
}
