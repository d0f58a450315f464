import { delimiter } from "node:path";
import { pathToFileURL } from "node:url";
import type { Layout } from "./layout";
import type { LabSettings } from "./settings";

/**
 * What a shell or a child process needs to work with a lab by `pulumi` and `kubectl`. All of it names the lab only:
 * another stack or cluster is never meant by it.
 *
 * @param path the PATH to go on with; folders of the lab in it are not repeated
 */
export function labEnvironment(layout: Layout, settings: LabSettings, path = ""): Record<string, string> {
  const rest = path.split(delimiter).filter((folder) => folder !== "" && !settings.binDirs.includes(folder));
  return {
    GITOPS_FACTORY_LAB: layout.stateDir,
    KUBECONFIG: layout.kubeconfig,
    PULUMI_HOME: layout.pulumiHome,
    PULUMI_BACKEND_URL: pathToFileURL(layout.stacks).href,
    PULUMI_CONFIG_PASSPHRASE: settings.passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // The program is type-checked by `npm run check`: without that it starts three times as fast.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    // The state holds Argo CD's large CRDs, and writing it after each step would take most of an update's time. Only a
    // Pulumi that is killed loses its steps by this, and the next run adopts what they made.
    PULUMI_EXPERIMENTAL: "true",
    PULUMI_SKIP_CHECKPOINTS: "true",
    // With a double in its place, a plugin that is not to be had must not be looked for at every run.
    ...(settings.hasDoubles ? { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" } : {}),
    PATH: [...settings.binDirs, ...rest].join(delimiter),
  };
}
