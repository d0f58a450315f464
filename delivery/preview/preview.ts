import type { PolicyFinding } from "../engine/engine-event";

/** What would be done with a resource; a replacement's several steps are one. */
export type Operation = "create" | "update" | "replace" | "delete" | "import" | "forget";

export type Inputs = Readonly<Record<string, unknown>>;

/** One resource that a preview says will change. */
export interface PreviewStep {
  readonly operation: Operation;
  readonly urn: string;
  /** Pulumi's type token: `kubernetes:core/v1:Namespace`. */
  readonly type: string;
  readonly name: string;
  /** The URN of the resource that it belongs to. Empty for none. */
  readonly parent: string;
  /** Whether a plugin manages it; a component has no existence of its own. */
  readonly isCustom: boolean;
  /** Whether the state keeps it from being deleted. */
  readonly isProtected: boolean;
  /**
   * Whether the component that it belongs to is declared no more, so that all of it goes: of a component with protected
   * parts the engine tells but the first. Always false in the digest, which does not have what stays.
   */
  readonly isWholeGone: boolean;
  /** Whether what it stands for stays when Pulumi gives it up. */
  readonly isRetained: boolean;
  /** The inputs as the state has them; absent for what is new. Secrets read `[secret]`. */
  readonly before?: Inputs;
  /** The inputs as the program declares them; absent for what goes. Secrets read `[secret]`. */
  readonly after?: Inputs;
  /** Paths of the properties that differ, as the provider tells them: `spec.hard["limits.cpu"]`. */
  readonly changed: readonly string[];
}

export interface Diagnostic {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  /** Empty where it is about no resource. */
  readonly urn: string;
}

/** What one stack's preview says, whichever of the engine's formats it was read from. */
export interface Preview {
  /** The file as the user named it, or the command that printed it. */
  readonly source: string;
  readonly stack: string;
  /** In the engine's order, without what stays as it is. */
  readonly steps: readonly PreviewStep[];
  /** How many resources stay as they are, the stack itself left out. */
  readonly unchanged: number;
  readonly policies: readonly PolicyFinding[];
  /** Whether the preview tells what policies found: the digest does not. */
  readonly tellsPolicies: boolean;
  /** What the program or the engine said, errors left out. */
  readonly warnings: readonly Diagnostic[];
  /** The stack's config, values as text, in which secrets read `[secret]`. */
  readonly config: Readonly<Record<string, string>>;
  /** Why the preview has failed or cannot be read; empty for a good one. The steps may not be all then. */
  readonly failures: readonly string[];
}
