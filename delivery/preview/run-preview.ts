import { EVENTS } from "../engine/engine-event";
import { engineFlags } from "../plan/make-plan";
import { pulumiFound } from "../plan/pulumi-answer";
import { askPulumi, type PulumiContext } from "../pulumi-command";
import type { Preview } from "./preview";
import { failedPreview, readPreview } from "./read-preview";

/**
 * Has Pulumi preview a stack. What Pulumi says before it comes to a preview (no such stack, a wrong passphrase) is why
 * the preview has failed.
 *
 * @param policyPacks folders of policy packs
 * @throws UserError when there is no Pulumi
 */
export async function runPreview(
  context: PulumiContext,
  stack: string,
  policyPacks: readonly string[],
): Promise<Preview> {
  const flags = engineFlags({ policyPacks, refresh: false });
  const args = ["preview", "--json", "--non-interactive", "--stack", stack, ...flags];
  const answer = await pulumiFound(askPulumi({ ...context, env: { ...context.env, ...EVENTS } }, args));
  context.signal.throwIfAborted();
  const source = `pulumi preview --stack ${stack}`;
  if (answer.stdout.trim() !== "") return { ...readPreview(source, answer.stdout), stack };
  const said = answer.stderr.replace(/^error: /, "").trim();
  return failedPreview(source, stack, [said === "" ? `pulumi ended with ${String(answer.exitCode)}` : said]);
}
