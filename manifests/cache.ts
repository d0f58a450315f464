import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { homeFolder } from "./home-folder";

/** Everything that may be kept between runs: `$GITOPS_FACTORY_CACHE`, else `~/.cache/gitops-factory`. */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  const chosen = env["GITOPS_FACTORY_CACHE"];
  if (chosen !== undefined && chosen !== "") return chosen;
  return join(homeFolder(env), ".cache", "gitops-factory");
}

/** Where manifests lie by their content: `<sha256>.yaml`, and parsed `<sha256>.json`. */
export function manifestCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return join(cacheRoot(env), "manifests");
}

/** Reads a cached file; absent when it is not there or cannot be read. */
export function readCached(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/**
 * Puts a file into the cache, so that no reader ever sees half of it. A cache that cannot be written costs time and
 * nothing else, so that is no error.
 */
export function writeCached(file: string, text: string): void {
  const unfinished = `${file}.${randomUUID()}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(unfinished, text);
    renameSync(unfinished, file);
  } catch {
    if (existsSync(unfinished)) rmSync(unfinished);
  }
}
