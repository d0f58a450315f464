import { join, resolve } from "node:path";
import { cacheRoot } from "../../manifests/cache";
import { usersPulumiHome } from "../user-folders";
import { Attempts } from "./attempts";
import { installDouble } from "./launcher";
import { downloadOfficial, hasOfficial, linkOfficial } from "./official";
import { type PluginPackage, pluginDir, pluginPackages, pluginProgram } from "./package";

export interface InstallOptions {
  /** The lab's own Pulumi home; the engine that is told of it finds the plugins there, and no other engine does. */
  readonly pulumiHome: string;
  /** Path of the Pulumi CLI. */
  readonly pulumi: string;
  /**
   * Whether the official plugins may be downloaded: one attempt, at most ten seconds, unless one has failed less than
   * a week ago. Never in tests.
   */
  readonly attemptOfficial: boolean;
  /** Is given a line for the user when doubles are used. */
  readonly report: (line: string) => void;
  /** Where HOME, PULUMI_HOME and GITOPS_FACTORY_CACHE are read. @default the process's environment */
  readonly env?: NodeJS.ProcessEnv;
}

/** A provider plugin that the engine will find. */
export interface InstalledPlugin extends PluginPackage {
  /** The program's path. */
  readonly path: string;
  /** "official" is Pulumi's own, "double" the lab's. */
  readonly origin: "official" | "double";
  /** Why the official one cannot be installed; only of a double, and only after an attempt. */
  readonly reason?: string;
}

/**
 * Makes the provider plugins of the program's SDKs available in the lab's Pulumi home. The official one is taken
 * when the user's Pulumi has it, or when it can be downloaded; else the lab's double of it, after saying so.
 */
export async function installPlugins(options: InstallOptions): Promise<InstalledPlugin[]> {
  const env = options.env ?? process.env;
  const attempts = new Attempts(cacheRoot(env));
  const installed = await Promise.all(pluginPackages.map((plugin) => install(plugin, options, attempts, env)));
  const doubles = installed.filter(({ origin }) => origin === "double");
  if (doubles.length > 0) options.report(announcement(doubles));
  return installed;
}

async function install(
  plugin: PluginPackage,
  { pulumiHome, pulumi, attemptOfficial }: InstallOptions,
  attempts: Attempts,
  env: NodeJS.ProcessEnv,
): Promise<InstalledPlugin> {
  const official = (path: string): InstalledPlugin => ({ ...plugin, path, origin: "official" });
  const downloads = join(cacheRoot(env), "pulumi-home");
  if (hasOfficial(pulumiHome, plugin)) return official(join(pluginDir(pulumiHome, plugin), pluginProgram(plugin)));
  for (const home of [usersPulumiHome(env), downloads]) {
    if (resolve(home) !== resolve(pulumiHome) && hasOfficial(home, plugin)) {
      return official(linkOfficial(home, pulumiHome, plugin));
    }
  }
  let reason: string | undefined;
  // Whoever forbids the attempt is not told that it fails: what is remembered may no longer be so.
  if (attemptOfficial) {
    reason = attempts.recentFailure(plugin) ?? (await attempt(pulumi, downloads, plugin, attempts, env));
    if (reason === undefined) return official(linkOfficial(downloads, pulumiHome, plugin));
  }
  const path = installDouble(pulumiHome, plugin);
  return { ...plugin, path, origin: "double", ...(reason === undefined ? {} : { reason }) };
}

/** Downloads a plugin, and remembers how that ended: why it failed, or `undefined`. */
async function attempt(
  pulumi: string,
  downloads: string,
  plugin: PluginPackage,
  attempts: Attempts,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const reason = await downloadOfficial(pulumi, downloads, plugin, env);
  attempts.record(plugin, reason);
  return reason;
}

function announcement(doubles: readonly InstalledPlugin[]): string {
  const impossible = doubles.every(({ reason }) => reason !== undefined);
  const many = doubles.length > 1;
  const state = impossible ? "cannot be installed here" : `${many ? "are" : "is"} not installed here`;
  const names = doubles.map(({ name }) => name);
  const listed = [names.slice(0, -1).join(", "), ...names.slice(-1)].filter((text) => text !== "").join(" and ");
  const [plugins, own] = many ? ["plugins", "its own doubles"] : ["plugin", "its own double"];
  return `the official provider ${plugins} ${state}; the lab uses ${own} for ${listed}`;
}
