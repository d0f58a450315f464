import type { PulumiContext } from "../pulumi-command";
import { demandPulumi } from "./pulumi-answer";
import { sha256 } from "./origin";

interface Exported {
  readonly deployment?: {
    readonly resources?: readonly StateResource[] | null;
    readonly pending_operations?: readonly unknown[] | null;
  } | null;
}

interface StateResource {
  readonly urn: string;
  readonly id?: string;
  readonly inputs?: unknown;
  readonly parent?: string;
  readonly provider?: string;
  readonly protect?: boolean;
  /** Only read by the program, owned by somebody else. */
  readonly external?: boolean;
  /** Waits for its deletion after a replacement. */
  readonly delete?: boolean;
  readonly pendingReplacement?: boolean;
}

/** Asks Pulumi for the stack's state: its digest, and the name of the project. */
export async function readStackState(
  context: PulumiContext,
  stack: string,
): Promise<{ readonly digest: string; readonly project: string | undefined }> {
  const { stdout } = await demandPulumi(context, ["stack", "export", "--stack", stack], "read the stack's state");
  const state = JSON.parse(stdout) as Exported;
  const [, , project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(state.deployment?.resources?.[0]?.urn ?? "") ?? [];
  return { digest: stateDigest(state), project };
}

/**
 * SHA-256 of what a state says of the resources that the stack owns. Another update of the stack changes it; one that
 * changed nothing does not, although it writes times, encrypts secrets anew and reads outputs again. That a secret
 * is another one the engine notices by itself when it compares inputs with the plan.
 */
export function stateDigest({ deployment }: Exported): string {
  const owned = (deployment?.resources ?? []).filter(({ external }) => external !== true);
  const lines = owned.map(({ urn, id, inputs, parent, provider, protect, delete: deleted, pendingReplacement }) =>
    JSON.stringify([urn, id, inputs, parent, provider, protect, deleted, pendingReplacement], withoutCiphertext),
  );
  return sha256([...lines.sort(), JSON.stringify(deployment?.pending_operations ?? [], withoutCiphertext)].join("\n"));
}

function withoutCiphertext(key: string, value: unknown): unknown {
  return key === "ciphertext" ? "" : value;
}
