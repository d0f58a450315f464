import type { EngineDiagnostic, PolicyFinding } from "../engine/engine-event";
import type { PreviewStep } from "./preview";

/** A preview as its file has it, whichever of the two formats that is. */
export interface RawPreview {
  /** Absent where no resource is told of. */
  readonly stack: string | undefined;
  /** What changes something; a replacement may be several. */
  readonly steps: readonly PreviewStep[];
  /** The URNs of all that the program declares; absent where what stays as it is is not told. */
  readonly declared?: ReadonlySet<string>;
  readonly diagnostics: readonly EngineDiagnostic[];
  readonly config: unknown;
  readonly policies: readonly PolicyFinding[];
  readonly tellsPolicies: boolean;
  /** How many resources the engine counts by operation. */
  readonly counts: Readonly<Record<string, number>>;
  /** Whether the end is there. */
  readonly isWhole: boolean;
}
