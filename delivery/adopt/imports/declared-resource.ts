import { at, listAt, textAt } from "../../../policies/read";
import { parseUrn } from "../../preview/urn";
import type { Fields } from "../found-object";

/** A resource of the program, as a preview tells it. */
export interface DeclaredResource {
  readonly urn: string;
  /** Pulumi's type token: `kubernetes:core/v1:Namespace`. */
  readonly type: string;
  /** What the program calls it. */
  readonly name: string;
  /** The URN of the component that it belongs to; absent where that is the stack. */
  readonly parent?: string;
  /** The URN of its provider; absent for components and providers. */
  readonly provider?: string;
  /** Whether a plugin manages it; a component has no existence of its own. */
  readonly isCustom: boolean;
  readonly inputs: Fields;
}

/** What the first update does not find in the stack's state. */
export interface DeclaredResources {
  /** What it would make, in the engine's order: a component comes before its children. */
  readonly created: readonly DeclaredResource[];
  /** What it would only read. */
  readonly read: readonly DeclaredResource[];
}

const STACK = "pulumi:pulumi:Stack";

/** Reads the digest of `pulumi preview --json` (pkg/display: PreviewDigest); absent where it is none. */
export function declaredResources(digest: unknown): DeclaredResources | undefined {
  if (typeof at(digest, "changeSummary") !== "object") return undefined;
  const steps = listAt(digest, "steps");
  const ofOperation = (op: string): DeclaredResource[] =>
    steps.flatMap((step) => (textAt(step, "op") === op ? declared(at(step, "newState")) : []));
  return { created: ofOperation("create"), read: ofOperation("read") };
}

function declared(state: unknown): DeclaredResource[] {
  const urn = textAt(state, "urn") ?? "";
  const parts = parseUrn(urn);
  if (parts === undefined || parts.type === STACK) return [];
  const parent = textAt(state, "parent");
  const provider = textAt(state, "provider");
  return [
    {
      urn,
      type: parts.type,
      name: parts.name,
      ...(parent !== undefined && parseUrn(parent)?.type !== STACK && { parent }),
      // A reference to a provider is its URN and its id.
      ...(provider !== undefined && { provider: provider.slice(0, provider.lastIndexOf("::")) }),
      isCustom: at(state, "custom") === true,
      inputs: (at(state, "inputs") ?? {}) as Fields,
    },
  ];
}
