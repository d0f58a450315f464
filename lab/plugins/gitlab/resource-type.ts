import type { PropertyValue } from "../rpc";
import type { Attribute, Kind } from "./kind";
import { loadSchema, nameOf, type Property, type ResourceSchema } from "./package-schema";

/** A kind together with what the schema says of it. */
export class ResourceType {
  readonly #schema: ResourceSchema;

  constructor(
    readonly kind: Kind,
    schema: ResourceSchema | undefined,
  ) {
    if (schema === undefined) throw new Error(`the schema has no ${kind.token}`);
    this.#schema = schema;
  }

  /** The class: `GroupAccessToken`. */
  get name(): string {
    return nameOf(this.kind.token);
  }

  get inputs(): readonly string[] {
    return Object.keys(this.#schema.inputs);
  }

  get outputs(): readonly string[] {
    return Object.keys(this.#schema.outputs);
  }

  get required(): readonly string[] {
    return this.#schema.requiredInputs;
  }

  input(name: string): Property | undefined {
    return this.#schema.inputs[name];
  }

  attribute(name: string): Attribute {
    return this.kind.attributes?.[name] ?? {};
  }

  /** Whether the change of an argument needs a new resource. */
  replaces(name: string): boolean {
    return this.input(name)?.replaceOnChanges === true || this.attribute(name).replaces === true;
  }

  /** Whether GitLab decides about an argument that is absent, so that its absence changes nothing. */
  isComputed(name: string): boolean {
    const { decided, default: given } = this.attribute(name);
    return decided === true || (this.alwaysThere(name) && !this.required.includes(name) && given === undefined);
  }

  /** Whether an output always holds a value. */
  alwaysThere(name: string): boolean {
    return this.#schema.requiredOutputs.includes(name);
  }

  isSecret(name: string): boolean {
    return this.#schema.outputs[name]?.secret === true;
  }

  /** What stands for no value: `""`, false, 0, an empty list or map. */
  zero(name: string): PropertyValue {
    const type = (this.#schema.outputs[name] ?? this.#schema.inputs[name])?.type;
    if (type === "string") return "";
    if (type === "boolean") return false;
    if (type === "integer") return 0;
    return typeof type === "object" && "array" in type ? [] : {};
  }
}

/** The types of some kinds by their tokens. */
export function resourceTypes(kinds: readonly Kind[]): ReadonlyMap<string, ResourceType> {
  const { resources } = loadSchema();
  return new Map(kinds.map((kind) => [kind.token, new ResourceType(kind, resources[kind.token])]));
}
