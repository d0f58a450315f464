import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { isDouble } from "./launcher";
import { type PluginPackage, pluginDir, pluginProgram } from "./package";

/** How long the one attempt to install may take, in milliseconds. */
const patience = 10_000;

/** What the CLI says when further tries cannot help: it would make five of them. */
const hopeless =
  /no such host|connection refused|network is unreachable|no route to host|proxyconnect|HTTP (?:403|404)/;

/** Whether a Pulumi home holds the official plugin, complete. */
export function hasOfficial(pulumiHome: string, plugin: PluginPackage): boolean {
  const dir = pluginDir(pulumiHome, plugin);
  return existsSync(join(dir, pluginProgram(plugin))) && !existsSync(`${dir}.partial`) && !isDouble(dir);
}

/**
 * Makes an official plugin of one Pulumi home available in another, without a copy. The folder itself is real, as
 * the engine passes over links among the plugin folders; the files in it are links.
 *
 * @returns the program's path
 */
export function linkOfficial(from: string, to: string, plugin: PluginPackage): string {
  const dir = pluginDir(to, plugin);
  mkdirSync(dirname(dir), { recursive: true });
  const unfinished = mkdtempSync(join(dirname(dir), ".unfinished-"));
  const source = pluginDir(from, plugin);
  for (const file of readdirSync(source)) symlinkSync(join(source, file), join(unfinished, file));
  rmSync(dir, { recursive: true, force: true });
  renameSync(unfinished, dir);
  return join(dir, pluginProgram(plugin));
}

/**
 * Lets the Pulumi CLI download an official plugin into a Pulumi home; gives up after ten seconds, or as soon as
 * the network says that it is in vain.
 *
 * @returns why it failed, or `undefined` when it worked
 */
export function downloadOfficial(
  cli: string,
  pulumiHome: string,
  plugin: PluginPackage,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  mkdirSync(pulumiHome, { recursive: true });
  return new Promise((resolve) => {
    const child = spawn(cli, ["plugin", "install", "resource", plugin.name, `v${plugin.version}`], {
      // A backend of the user's, or none, plays no part: the home is new.
      env: { ...env, PULUMI_HOME: pulumiHome, PULUMI_SKIP_UPDATE_CHECK: "true" },
      stdio: ["ignore", "ignore", "pipe"],
      timeout: patience,
      killSignal: "SIGKILL",
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (hopeless.test(said)) child.kill("SIGKILL");
    });
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => {
      if (code === 0 && hasOfficial(pulumiHome, plugin)) resolve(undefined);
      else
        resolve(
          reasonIn(said) ?? (signal === null ? `exit code ${String(code)}` : `no answer in ${patience / 1000} s`),
        );
    });
  });
}

/** The first complaint of the CLI, on one line and without its prefix. */
function reasonIn(said: string): string | undefined {
  const line = said.split("\n").find((text) => /^(?:warning|error): /.test(text));
  return line?.replace(/^(?:warning|error): /, "").trim();
}
