import { join } from "node:path";
import { homeFolder } from "../manifests/home-folder";

/** What outlives a run and is no cache: `$XDG_STATE_HOME/gitops-factory`, by default below `~/.local/state`. */
export function stateFolder(env: NodeJS.ProcessEnv): string {
  return join(env["XDG_STATE_HOME"] || join(homeFolder(env), ".local", "state"), "gitops-factory");
}

/** Where the Pulumi CLI keeps its plugins and choices: `$PULUMI_HOME`, by default `~/.pulumi`. */
export function usersPulumiHome(env: NodeJS.ProcessEnv): string {
  return env["PULUMI_HOME"] || join(homeFolder(env), ".pulumi");
}
