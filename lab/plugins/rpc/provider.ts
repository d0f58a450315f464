import type { EngineAddress } from "./engine";
import type { PropertyMap } from "./property";

/** What one call from the engine brings besides its arguments. */
export interface Call {
  /** Aborted when the engine gives the call up or the user cancels the update. Also aborted for calls that follow. */
  readonly signal: AbortSignal;
  /** Prints a line at the resource that the call is about, or at the stack when it is about none. */
  log(severity: "debug" | "info" | "warning" | "error", message: string): void;
  /** Shows a short-lived progress line beside the resource: what is being waited for. */
  status(message: string): void;
}

/** The resource or provider that a call is about. */
export interface Subject {
  readonly urn: string;
  /** The type token: `kubernetes:core/v1:Namespace`. */
  readonly type: string;
  /** The logical name in the program. */
  readonly name: string;
}

export interface CheckRequest extends Subject {
  /** The inputs of the last successful update; empty for a new resource. */
  readonly oldInputs: PropertyMap;
  readonly newInputs: PropertyMap;
  /** The same for the same resource on each run of one update: base for generated names. May be empty. */
  readonly randomSeed: Uint8Array;
}

/** One input that a provider does not accept. */
export interface CheckFailure {
  /** The property's path; empty for a fault of the whole. */
  readonly property: string;
  readonly reason: string;
}

export interface CheckResult {
  /** The inputs with defaults filled in: what diff, create and update will be given and the state keeps. */
  readonly inputs: PropertyMap;
  readonly failures?: readonly CheckFailure[];
}

export interface ConfigureRequest {
  /** The provider's inputs, secrets marked. */
  readonly inputs: PropertyMap;
}

export interface DiffRequest extends Subject {
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly newInputs: PropertyMap;
  readonly ignoreChanges: readonly string[];
}

/** How one property changes; `-replace` when the change cannot be made in place. */
export type DifferenceKind = "add" | "add-replace" | "delete" | "delete-replace" | "update" | "update-replace";

export interface PropertyDifference {
  readonly kind: DifferenceKind;
  /** Compares old inputs to new inputs instead of old outputs to new inputs. @default true */
  readonly inputDiff?: boolean;
}

export interface DiffResult {
  /** Whether there is something to update. "unknown" lets the engine compare the inputs itself. */
  readonly changes: "none" | "some" | "unknown";
  /** The properties whose change needs a new resource. */
  readonly replaces?: readonly string[];
  /** The outputs that stay as they are whatever the update does. */
  readonly stables?: readonly string[];
  /** Deletes the old resource before its replacement is created: two of the same name cannot be. @default false */
  readonly deleteBeforeReplace?: boolean;
  /** The names of the changed top-level properties. */
  readonly diffs?: readonly string[];
  /** Each change by its property path (`spec.template.spec.containers[0].image`). */
  readonly detailedDiff?: Readonly<Record<string, PropertyDifference>>;
}

export interface CreateRequest extends Subject {
  readonly inputs: PropertyMap;
  /** Only foretell the outputs, and change nothing. What cannot be foretold is Unknown. */
  readonly preview: boolean;
  /** The user's `customTimeouts`, in seconds; `undefined` when not set. */
  readonly timeoutSeconds: number | undefined;
}

export interface CreateResult {
  /** The physical id. May be empty in a preview. */
  readonly id: string;
  readonly outputs: PropertyMap;
}

export interface ReadRequest extends Subject {
  readonly id: string;
  /** Empty when the resource is imported. */
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
}

export interface ReadResult {
  /** "" says that the resource is gone. */
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

export interface UpdateRequest extends Subject {
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly newInputs: PropertyMap;
  readonly ignoreChanges: readonly string[];
  readonly preview: boolean;
  readonly timeoutSeconds: number | undefined;
}

export interface DeleteRequest extends Subject {
  readonly id: string;
  readonly oldInputs: PropertyMap;
  readonly oldOutputs: PropertyMap;
  readonly timeoutSeconds: number | undefined;
}

export interface InvokeRequest {
  /** The function's token: `kubernetes:yaml:decode`. */
  readonly token: string;
  readonly inputs: PropertyMap;
  readonly preview: boolean;
}

export interface InvokeResult {
  readonly outputs: PropertyMap;
  readonly failures?: readonly CheckFailure[];
}

/**
 * A Pulumi provider. Each method may throw: an `InitializationError` when the resource exists but is not as
 * wanted, a `ProviderError` with a gRPC status, or any other error, of which the user sees the message.
 */
export interface Provider {
  /** The plugin's own version, without `v`. */
  readonly version: string;
  /** The package schema, as JSON. @default an empty schema */
  getSchema?(): string;
  /** Told once, before all else: where the engine listens. */
  handshake?(engine: EngineAddress): void;
  /** @default the inputs as they are */
  checkConfig?(request: CheckRequest, call: Call): Promise<CheckResult>;
  /** @default the engine compares, and never replaces the provider */
  diffConfig?(request: Omit<DiffRequest, "id">, call: Call): Promise<DiffResult>;
  configure(request: ConfigureRequest, call: Call): Promise<void>;
  check(request: CheckRequest, call: Call): Promise<CheckResult>;
  diff(request: DiffRequest, call: Call): Promise<DiffResult>;
  create(request: CreateRequest, call: Call): Promise<CreateResult>;
  read(request: ReadRequest, call: Call): Promise<ReadResult>;
  update(request: UpdateRequest, call: Call): Promise<{ outputs: PropertyMap }>;
  delete(request: DeleteRequest, call: Call): Promise<void>;
  /** @default every function is unknown */
  invoke?(request: InvokeRequest, call: Call): Promise<InvokeResult>;
  /** Told when the user cancels, after the signal of every running call has been aborted. */
  cancel?(): void;
}
