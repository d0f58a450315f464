import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { cacheRoot, readCached, writeCached } from "../../manifests/cache";
import type { CommandShape } from "./shape";

/** Where the sources of the commands are. */
const sources = join(__dirname, "..");

interface Remembered {
  readonly sources: string;
  readonly shape: CommandShape;
}

/**
 * The shape of a subcommand, from a file of the cache where that was made of the same sources: to load a command only
 * for its options takes longer than people wait after TAB.
 *
 * @param make loads the command
 */
export async function rememberedShape(
  name: string,
  make: () => Promise<CommandShape>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<CommandShape> {
  const file = join(cacheRoot(env), "completion", `${name}.json`);
  const remembered = read(file);
  const current = describeSources();
  if (remembered?.sources === current) return remembered.shape;
  const shape = await make();
  writeCached(file, JSON.stringify({ sources: current, shape } satisfies Remembered));
  return shape;
}

function read(file: string): Remembered | undefined {
  try {
    return JSON.parse(readCached(file) ?? "null") as Remembered | undefined;
  } catch {
    return undefined;
  }
}

/**
 * Where the commands lie, and when each was written. What a command takes from other files, such as the choices of an
 * option, changes with a release, and that writes package.json.
 */
function describeSources(): string {
  const files = readdirSync(sources).filter((file) => file.endsWith(".ts"));
  const newest = Math.max(...[...files, "../package.json"].map((file) => statSync(join(sources, file)).mtimeMs));
  return `${sources} ${String(files.length)} ${String(newest)}`;
}
