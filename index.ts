import * as pulumi from "@pulumi/pulumi";
import { declarePlatform } from "./components/platform";
import { refusal } from "./components/refusal";
import { readManifests } from "./manifests";
import { readMirrorFiles } from "./mirror";
import { loadPlatform } from "./model/load";
import { formatForEngine, UserError } from "./model/problem";

/** Load → declare → export. */
async function main(): Promise<pulumi.Inputs> {
  const root = __dirname;
  const { platform, warnings } = loadPlatform({
    root,
    stack: pulumi.getStack(),
    config: pulumi.runtime.allConfig(),
  });
  for (const warning of warnings) await pulumi.log.warn(formatForEngine([warning]));
  const manifests = await readManifests(platform.argocd.manifests, { root });
  return { environment: platform.environment, ...declarePlatform(platform, manifests, readMirrorFiles()) };
}

/** A user's mistake is told without a stack trace. */
export = () =>
  main().catch((error: unknown) => {
    throw error instanceof UserError ? refusal(error.problems) : error;
  });
