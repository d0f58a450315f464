import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { nodeLauncher } from "../process/node-program";
import { type PluginPackage, pluginDir, pluginProgram } from "./package";

/** A file beside the launcher: who looks into the folder shall see that this is not the official plugin. */
const marker = "gitops-factory-double.txt";

/** Whether the plugin in the folder is the lab's own. */
export function isDouble(dir: string): boolean {
  return existsSync(join(dir, marker));
}

/**
 * Puts the lab's double of a provider into a plugin folder: a shell script that becomes Node with the provider's
 * TypeScript. Atomic, and cheap when it is already there.
 *
 * @returns the launcher's path
 */
export function installDouble(pulumiHome: string, plugin: PluginPackage): string {
  const dir = pluginDir(pulumiHome, plugin);
  const program = join(dir, pluginProgram(plugin));
  const note = "The GitOps factory's lab: a double of the official provider plugin.";
  const script = nodeLauncher(join(__dirname, plugin.name, "main.ts"), [], note);
  if (isDouble(dir) && readIfThere(program) === script) return program;
  mkdirSync(dirname(dir), { recursive: true });
  // The name keeps the engine from taking the unfinished folder for a plugin.
  const unfinished = mkdtempSync(join(dirname(dir), ".unfinished-"));
  writeFileSync(join(unfinished, pluginProgram(plugin)), script, { mode: 0o755 });
  writeFileSync(join(unfinished, marker), explanation(plugin));
  rmSync(dir, { recursive: true, force: true });
  // What an interrupted download of the official plugin leaves would hide the folder from the engine.
  rmSync(`${dir}.partial`, { force: true });
  renameSync(unfinished, dir);
  return program;
}

function explanation({ name, version }: PluginPackage): string {
  return [
    `This is not the official Pulumi plugin ${name} ${version}, but the GitOps factory lab's double of it.`,
    "It is used where the official plugin is neither installed nor installable. Deleting this folder is safe.",
    "",
  ].join("\n");
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
