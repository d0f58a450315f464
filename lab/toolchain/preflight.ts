import { existsSync, readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GoMissing, runGo } from "./go-command";
import { explainGoFailure, problemOf } from "./go-problems";
import { compareVersions } from "./version-range";

/** What must be free where Go and the lab write: enough for the largest build, with its downloads, from cold caches. */
const neededBytes = 4 * 1024 ** 3;

export interface Preflight {
  /** The folders beneath `modules/` that are about to be used. */
  readonly folders: readonly string[];
  readonly modulesDir: string;
  readonly root: string;
  readonly log: string;
  readonly env: NodeJS.ProcessEnv;
  /** @default `neededBytes` */
  readonly needed?: number;
}

/** Throws a `UserError` when Go is missing or too old, or when a disk is too full, before minutes are spent. */
export async function checkBeforeBuild(options: Preflight): Promise<void> {
  const { folders, modulesDir, root, log, env } = options;
  const [folder = ""] = folders;
  const wanted =
    folders
      .map((name) => goDirective(join(modulesDir, name, "go.mod")))
      .sort(compareVersions)
      .at(-1) ?? "";
  const allowed = `Go ${wanted} or later`;
  const install = `install ${allowed} from https://go.dev/dl and put its bin folder on PATH`;
  const variables = ["GOVERSION", "GOTOOLCHAIN", "GOCACHE", "GOMODCACHE"];
  let result;
  try {
    // Outside of any module, so that Go tells its own version and does not fetch the one that a go.mod wants.
    result = await runGo(["env", ...variables], { cwd: root, env, temporary: root, log });
  } catch (error) {
    if (!(error instanceof GoMissing)) throw error;
    throw problemOf(folder, { message: "Go builds the lab's tools and was not found on PATH", allowed, fix: install });
  }
  if (!result.ok) throw explainGoFailure({ folder, subject: "go env", output: result.stderr, log });
  const [version = "", toolchain = "", ...caches] = result.stdout.split("\n");
  const found = /go(\d+(\.\d+)*)/.exec(version)?.[1] ?? "0";
  // Unless told to stay local, a Go from 1.21 on fetches the newer one by itself.
  const canFetch = toolchain !== "" && toolchain !== "local";
  if (compareVersions(found, wanted) < 0 && !canFetch) {
    const fix = toolchain === "local" ? `${install}, or let Go fetch it: GOTOOLCHAIN=auto` : install;
    throw problemOf(folder, { message: "Go is too old", value: version, allowed, fix });
  }
  for (const cache of [root, ...caches.filter((path) => path !== "")]) {
    await checkDisk(folder, cache, options.needed ?? neededBytes);
  }
}

/** The `go` line of a go.mod: the lowest Go version that may build it. */
function goDirective(goMod: string): string {
  return /^go (\S+)$/m.exec(readFileSync(goMod, "utf8"))?.[1] ?? "0";
}

async function checkDisk(folder: string, path: string, needed: number): Promise<void> {
  let existing = path;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  const { bavail, bsize } = await statfs(existing);
  const free = bavail * bsize;
  if (free >= needed) return;
  const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`;
  throw problemOf(folder, {
    message: "the disk is too full for a build",
    value: `${gigabytes(free)} free for ${path}`,
    allowed: `${gigabytes(needed)} or more`,
    fix: "free some, or point GITOPS_FACTORY_CACHE, GOCACHE and GOMODCACHE to folders on a larger disk",
  });
}
