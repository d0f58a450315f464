import { at, listAt, textAt } from "../../../policies/read";
import { pulumiFailed, pulumiFound } from "../../plan/pulumi-answer";
import { askPulumi, type PulumiContext } from "../../pulumi-command";
import { declaredResources, type DeclaredResources } from "./declared-resource";

/**
 * Has Pulumi tell what the first update of a stack would make. Not by its own `--import-file`, which knows no ids and
 * refuses whenever the provider is not in the state yet.
 *
 * @throws UserError when the preview fails
 */
export async function previewStack(context: PulumiContext, stack: string): Promise<DeclaredResources> {
  // The stream of events, which a pipeline may have asked for, leaves out what is only read.
  const env = { ...context.env, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "false" };
  const args = ["preview", "--json", "--non-interactive", "--stack", stack];
  const { exitCode, stdout, stderr } = await pulumiFound(askPulumi({ ...context, env }, args));
  context.signal.throwIfAborted();
  const digest = parsed(stdout);
  const declared = declaredResources(digest);
  if (exitCode !== 0 || declared === undefined) {
    const errors = listAt(digest, "diagnostics").flatMap((said) =>
      at(said, "severity") === "error" ? [textAt(said, "message") ?? ""] : [],
    );
    throw pulumiFailed(`preview the stack ${stack}`, errors.length > 0 ? errors.join("\n") : stderr);
  }
  return declared;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
