import { existsSync, readFileSync } from "node:fs";

/** How one property of a step's resource changes: by path, and why it is replaced. */
export interface PropertyChange {
  readonly diffKind: "add" | "add-replace" | "delete" | "delete-replace" | "update" | "update-replace";
  readonly inputDiff: boolean;
}

/** What the engine did, or in a preview would do, with one resource. */
export interface Step {
  /**
   * create, update, replace, create-replacement, delete-replaced, delete, read, import … A refresh is what it found:
   * update when the resource has drifted, delete when it is gone. An update with --refresh tells what it repairs, not
   * what it found.
   */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** The properties that force a replacement. */
  readonly keys: readonly string[];
  readonly detailedDiff: Readonly<Record<string, PropertyChange>>;
  /** Inputs and outputs after the step; absent after a deletion. Secrets read `[secret]`. */
  readonly new?: { readonly id?: string; readonly inputs: object; readonly outputs: object };
}

export interface Diagnostic {
  readonly severity: "debug" | "info" | "info#err" | "warning" | "error";
  readonly message: string;
  readonly urn: string;
}

/** A command of the Pulumi CLI that has ended. */
export interface Run {
  readonly exitCode: number | null;
  /** The signal that ended it, if one did. */
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The steps that were begun, in this order, without those that change nothing. */
  readonly steps: readonly Step[];
  /** The steps that failed. */
  readonly failed: readonly Step[];
  /** How many steps were ended, without those that change nothing. */
  readonly ended: number;
  /** How many resources stayed as they are. */
  readonly same: number;
  /** What was said beside the steps; short-lived progress is left out. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The steps as lines of operation and name, `create web`: what a table of scenarios expects. The stack itself and
 * the providers are left out.
 */
export function changes(run: Run): string[] {
  return run.steps.filter(({ type }) => !type.startsWith("pulumi:")).map(({ op, name }) => `${op} ${name}`);
}

/** As `changes`, but without components and what is only read: the objects that a run touches. */
export function objectChanges(run: Run): string[] {
  return run.steps
    .filter(({ op, type }) => op !== "read" && !/^(?:pulumi|factory|gitops-factory):/.test(type))
    .map(({ op, name }) => `${op} ${name}`);
}

/** A run that must end well: throws with all that was said when it does not. */
export async function succeeded(running: Promise<Run>): Promise<Run> {
  const run = await running;
  if (run.exitCode !== 0) throw new Error(`exit code ${String(run.exitCode)}:\n${run.stdout}\n${run.stderr}`);
  return run;
}

/** All messages of a run from a severity on, as one text. */
export function messages(run: Run, ...severities: Diagnostic["severity"][]): string {
  return run.diagnostics
    .filter(({ severity }) => severities.includes(severity))
    .map(({ message }) => message)
    .join("\n");
}

/** The engine's events as it writes them; source: sdk/go/common/apitype/events.go. */
interface EngineEvent {
  readonly resourcePreEvent?: { readonly metadata: RawStep };
  readonly resOutputsEvent?: { readonly metadata: RawStep };
  readonly resOpFailedEvent?: { readonly metadata: RawStep };
  readonly diagnosticEvent?: Partial<Diagnostic> & { readonly message: string; readonly ephemeral?: boolean };
}

interface RawStep extends Omit<Step, "name" | "keys" | "detailedDiff" | "new"> {
  readonly keys?: readonly string[] | null;
  readonly detailedDiff?: Step["detailedDiff"] | null;
  readonly new?: Step["new"] | null;
}

/** What a run's event log tells. A command without one, or killed before it began, tells nothing. */
export function readEventLog(file: string): Pick<Run, "steps" | "failed" | "ended" | "same" | "diagnostics"> {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  // A killed engine may leave half a line at the end.
  const events = lines.filter((line) => line.endsWith("}")).map((line) => JSON.parse(line) as EngineEvent);
  const refreshing = new Set<string>();
  const begun = events.flatMap(({ resourcePreEvent: before, resOutputsEvent: after }) => {
    if (before?.metadata.op === "refresh") refreshing.add(before.metadata.urn);
    else if (before !== undefined) return [toStep(before.metadata)];
    // What a refresh finds is known at its end only.
    return after !== undefined && refreshing.delete(after.metadata.urn) ? [toStep(after.metadata)] : [];
  });
  return {
    steps: begun.filter((step) => !idle(step)),
    failed: events.flatMap(({ resOpFailedEvent }) => (resOpFailedEvent ? [toStep(resOpFailedEvent.metadata)] : [])),
    ended: events.filter(({ resOutputsEvent: after }) => after !== undefined && !idle(after.metadata)).length,
    same: begun.filter(idle).length,
    diagnostics: events.flatMap(({ diagnosticEvent: said }) =>
      said === undefined || said.ephemeral === true
        ? []
        : [{ severity: said.severity ?? "info", message: said.message, urn: said.urn ?? "" }],
    ),
  };
}

/** Whether a step changes nothing. */
function idle({ op }: { readonly op: string }): boolean {
  return op === "same" || op === "refresh";
}

function toStep({ op, urn, type, keys, detailedDiff, new: after }: RawStep): Step {
  return {
    op,
    urn,
    type,
    name: urn.split("::").slice(3).join("::"),
    keys: keys ?? [],
    detailedDiff: detailedDiff ?? {},
    ...(after === undefined || after === null ? {} : { new: after }),
  };
}
