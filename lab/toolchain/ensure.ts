import { join, resolve } from "node:path";
import { cacheRoot } from "../../manifests/cache";
import { BuildJob } from "./build-job";
import { bundles, manifestSets, toolsOf } from "./catalogue";
import type { Bundle, ManifestSetName, ToolName } from "./catalogue-types";
import { bundleOnPath } from "./path-tools";
import { createProgress, type Progress } from "./progress";

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
  // Go runs in other folders, where a relative path would mean another place.
  const job = new BuildJob(resolve(cacheRoot(env)), env, options.progress ?? createProgress());
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
  const sets = manifestSets.filter((set) => names.includes(set.name) && !job.hasManifests(set));
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
