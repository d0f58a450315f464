import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { filesOf } from "./catalogue";
import type { Bundle, ToolName, VersionProbe } from "./catalogue-types";
import { versionFits } from "./version-range";

const probeTimeoutMs = 10_000;

/**
 * The wanted programs of a bundle as PATH gives them, or nothing, unless all are there in a version that fits:
 * a bundle is taken as a whole, never half from PATH and half from a build of another version.
 */
export async function bundleOnPath(
  bundle: Bundle,
  wanted: readonly ToolName[],
  env: NodeJS.ProcessEnv,
): Promise<ReadonlyMap<ToolName, string> | undefined> {
  const probed = Object.entries(bundle.probes) as [ToolName, VersionProbe][];
  const unprobed = filesOf(bundle).filter((file) => !(file in bundle.probes));
  const found = new Map<ToolName, string>();
  for (const [tool, probe] of probed) {
    // What has no version of its own is known by the one that it lies beside.
    if (!wanted.includes(tool) && unprobed.length === 0) continue;
    const path = findOnPath(tool, env);
    if (path === undefined) return undefined;
    const version = await versionOf(path, probe, env);
    if (version === undefined || !versionFits(version, bundle.fits)) return undefined;
    const folder = dirname(realpathSync(path));
    if (!unprobed.every((file) => existsSync(join(folder, file)))) return undefined;
    found.set(tool, path);
    for (const file of unprobed) found.set(file as ToolName, join(folder, file));
  }
  return found;
}

/** The file that a shell would run for a command, or nothing. Only the first one counts, as in a shell. */
export function findOnPath(command: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => resolve(folder, command)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The version that a program reports, or nothing when it fails, hangs or says something else. */
async function versionOf(path: string, probe: VersionProbe, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, [...probe.args], {
      env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      timeout: probeTimeoutMs,
    });
    return probe.pattern.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}
