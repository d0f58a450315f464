/**
 * The values that Pulumi's engine and a provider exchange, as plain JavaScript values plus a few classes for what
 * JSON has no word for. An object is a plain object, a list an array.
 */
export type PropertyValue =
  | null
  | boolean
  | number
  | string
  | PropertyValue[]
  | PropertyMap
  | Secret
  | Unknown
  | Asset
  | Archive
  | ResourceReference;

/** The properties of a resource by name. Absence is an absent key: `undefined` never occurs. */
export interface PropertyMap {
  [name: string]: PropertyValue;
}

/** A value that must not be shown and that the engine encrypts in the state. Prints as `[secret]`. */
export class Secret {
  readonly #value: PropertyValue;

  constructor(value: PropertyValue) {
    this.#value = value;
  }

  /** The clear value. A getter of a private field, so that no inspection or serialisation shows it by accident. */
  get value(): PropertyValue {
    return this.#value;
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[secret]";
  }
}

/** What an unknown value will be once known, as far as the engine says. */
export type UnknownKind = "string" | "boolean" | "number" | "array" | "asset" | "archive" | "object";

/** A value that is only known after the update: previews are full of them, updates never hold one. */
export class Unknown {
  constructor(readonly kind: UnknownKind = "string") {}

  toString(): string {
    return "[unknown]";
  }
}

/** A file's content: exactly one of `text`, `path` and `uri` is set, or none when the engine elides it. */
export class Asset {
  constructor(readonly fields: { hash?: string; text?: string; path?: string; uri?: string }) {}
}

/** A folder or a packed one: exactly one of `assets`, `path` and `uri` is set, or none when the engine elides it. */
export class Archive {
  constructor(
    readonly fields: { hash?: string; path?: string; uri?: string; assets?: Record<string, Asset | Archive> },
  ) {}
}

/** A resource given as a value. `id` is `undefined` for a component, and "" while it is unknown. */
export class ResourceReference {
  constructor(
    readonly urn: string,
    readonly id?: string,
    readonly packageVersion?: string,
  ) {}
}

/** Whether a value is a plain object, and not one of the classes above, a list or null. */
export function isPropertyMap(value: unknown): value is PropertyMap {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
