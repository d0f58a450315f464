import { EVENTS } from "../engine/engine-event";
import { engineFlags } from "../plan/make-plan";
import { pulumiFound } from "../plan/pulumi-answer";
import { askPulumi, type PulumiAnswer, type PulumiContext } from "../pulumi-command";
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
  return previewOfAnswer(stack, answer);
}

/** What Pulumi has printed; a preview that ended badly is a failed one, although it told of nothing bad. */
export function previewOfAnswer(stack: string, { stdout, stderr, exitCode }: PulumiAnswer): Preview {
  const source = `pulumi preview --stack ${stack}`;
  const said = stderr.replace(/^error: /, "").trim();
  const failures = [said === "" ? `pulumi ended with ${String(exitCode)}` : said];
  if (stdout.trim() === "") return failedPreview(source, stack, failures);
  const preview = { ...readPreview(source, stdout), stack };
  const isTold = preview.failures.length > 0 || preview.policies.some(({ level }) => level === "mandatory");
  return exitCode === 0 || isTold ? preview : { ...preview, failures };
}
