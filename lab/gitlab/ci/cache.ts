import { execFile } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { isAbsolute, join, normalize } from "node:path";
import { promisify } from "node:util";
import { expand } from "./expand";
import type { CacheDefinition } from "./records";

export interface CachePlace {
  /** Holds the caches of the job's project. */
  readonly folder: string;
  readonly checkout: string;
  /** The job's variables, expanded. */
  readonly values: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

/** Puts what an earlier job has left under the same key into the checkout. */
export async function restoreCaches(caches: readonly CacheDefinition[], place: CachePlace): Promise<void> {
  for (const cache of caches.filter(({ policy }) => policy !== "push")) {
    const kept = folderOf(cache, place);
    if (!existsSync(kept)) continue;
    place.log(`Restoring cache ${keyOf(cache, place)}`);
    await promisify(execFile)("cp", ["-a", `${kept}/.`, place.checkout]);
  }
}

/** Keeps the files and folders that a job's caches name, as a whole: a later job never sees half of them. */
export async function saveCaches(
  caches: readonly CacheDefinition[],
  isSuccess: boolean,
  place: CachePlace,
): Promise<void> {
  for (const cache of caches.filter(({ policy }) => policy !== "pull")) {
    if (cache.when !== "always" && (cache.when === "on_success") !== isSuccess) continue;
    const paths = cache.paths.map((path) => normalize(expand(path, place.values)));
    const there = paths.filter((path) => isInside(path) && existsSync(join(place.checkout, path)));
    if (there.length === 0) continue;
    const kept = folderOf(cache, place);
    const made = `${kept}.${String(process.hrtime.bigint())}`;
    mkdirSync(made, { recursive: true, mode: 0o700 });
    await promisify(execFile)("cp", ["-a", "--parents", "-t", made, "--", ...there], { cwd: place.checkout });
    rmSync(kept, { recursive: true, force: true });
    renameSync(made, kept);
    place.log(`Saving cache ${keyOf(cache, place)}`);
  }
}

function folderOf(cache: CacheDefinition, place: CachePlace): string {
  // Jobs of other branches may not change what those of protected ones read.
  const kind = place.values["CI_COMMIT_REF_PROTECTED"] === "true" ? "protected" : "non_protected";
  return join(place.folder, encodeURIComponent(`${keyOf(cache, place)}-${kind}`));
}

function keyOf({ key }: CacheDefinition, { values }: CachePlace): string {
  return expand(key, values);
}

function isInside(path: string): boolean {
  return !isAbsolute(path) && !path.startsWith("..");
}
