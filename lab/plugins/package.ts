import gitlab from "@pulumi/gitlab/package.json";
import kubernetes from "@pulumi/kubernetes/package.json";
import random from "@pulumi/random/package.json";
import { join } from "node:path";

/** A provider plugin as the npm SDK asks the engine for it. */
export interface PluginPackage {
  readonly name: "gitlab" | "kubernetes" | "random";
  /** Without `v`: `4.34.2`. */
  readonly version: string;
}

/** The plugins of the SDKs that this project depends on: name and version are what their `pulumi` section says. */
export const pluginPackages: readonly PluginPackage[] = [
  { name: "gitlab", version: gitlab.pulumi.version },
  { name: "kubernetes", version: kubernetes.pulumi.version },
  { name: "random", version: random.pulumi.version },
];

/** Where the engine looks for a plugin: `<pulumiHome>/plugins/resource-kubernetes-v4.34.2`. */
export function pluginDir(pulumiHome: string, { name, version }: PluginPackage): string {
  return join(pulumiHome, "plugins", `resource-${name}-v${version}`);
}

/** The program in that folder. */
export function pluginProgram({ name }: PluginPackage): string {
  return `pulumi-resource-${name}`;
}
