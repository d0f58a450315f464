import type { JsonSchema } from "./json-schemas";

/** The type of a property in a Pulumi package's schema (Pulumi's documentation, "Schema reference": Type). */
export interface PulumiType {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: PulumiType;
  readonly additionalProperties?: PulumiType;
  readonly oneOf?: readonly PulumiType[];
  /** Whether it must be known before the update, as the names of what is made depend on it. */
  readonly plain?: true;
}

export interface PulumiProperty extends PulumiType {
  readonly description?: string;
  readonly secret?: true;
}

/** An object with its properties, or an enumeration of texts. */
export interface PulumiNamedType {
  readonly type: "object" | "string";
  readonly description?: string;
  readonly properties?: Readonly<Record<string, PulumiProperty>>;
  readonly required?: readonly string[];
  readonly enum?: readonly { readonly value: string }[];
}

/** Makes types of a Pulumi package of JSON Schemas, and gathers those that have names. */
export class PulumiTypes {
  readonly named: Record<string, PulumiNamedType> = {};

  constructor(private readonly module: string) {}

  /** The properties of an object, whose own types are named after it. */
  properties(schema: JsonSchema, owner: string): Record<string, PulumiProperty> {
    const { properties = {} } = schema as { properties?: Record<string, JsonSchema> };
    return Object.fromEntries(
      Object.entries(properties).map(([key, one]) => [key, this.property(one, owner + pascal(key))]),
    );
  }

  property(schema: JsonSchema, name: string): PulumiProperty {
    const { description } = schema as { description?: string };
    const keys = mapKeysOf(schema);
    const words = [description, keys && `Of: ${keys.join(", ")}.`].filter((text) => text !== undefined);
    const told = words.length === 0 ? {} : { description: words.join(" ") };
    if (isOrMayBeSealed(schema)) return { type: "string", ...told, secret: true };
    return { ...this.type(schema, name), ...told };
  }

  private type(schema: JsonSchema, name: string): PulumiType {
    const one = merge(alternativesOf(schema));
    const { anyOf, type, items, additionalProperties, properties } = one as {
      anyOf?: JsonSchema[];
      type?: string;
      items?: JsonSchema;
      additionalProperties?: JsonSchema | boolean;
      properties?: Record<string, JsonSchema>;
    };
    if (anyOf !== undefined) return { oneOf: anyOf.map((alternative) => this.type(alternative, name)), plain: true };
    const words = wordsOf(one);
    if (words !== undefined) return this.reference(name, { type: "string", enum: words.map((value) => ({ value })) });
    if (type === "array" && items) return plainIf({ type, items: this.elements(items, singular(name)) });
    if (mapKeysOf(one) !== undefined && properties) {
      const values = merge(Object.values(properties));
      return plainIf({ type: "object", additionalProperties: this.elements(values, singular(name)) });
    }
    if (type === "object" && properties) return this.reference(name, this.object(one, name));
    if (type === "object" && typeof additionalProperties === "object") {
      return plainIf({ type, additionalProperties: this.elements(additionalProperties, singular(name)) });
    }
    if (typeof type === "string" && ["string", "integer", "number", "boolean"].includes(type))
      return { type, plain: true };
    throw new Error(`the schema of ${name} has no type in a Pulumi package: ${JSON.stringify(one)}`);
  }

  /** What a list or map holds has no description of its own. */
  private elements(schema: JsonSchema, name: string): PulumiType {
    return isOrMayBeSealed(schema) ? { type: "string" } : this.type(schema, name);
  }

  private object(schema: JsonSchema, name: string): PulumiNamedType {
    const { required = [], description } = schema as { required?: string[]; description?: string };
    return {
      type: "object",
      ...(description !== undefined && { description }),
      properties: this.properties(schema, name),
      ...(required.length > 0 && { required: [...required].sort() }),
    };
  }

  private reference(name: string, type: PulumiNamedType): PulumiType {
    const token = `${this.module}:${name}`;
    const known = this.named[token];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(type))
      throw new Error(`two types are named ${name}`);
    this.named[token] = type;
    const holdsSecrets = Object.values(type.properties ?? {}).some((property) => property.plain !== true);
    return { $ref: `#/types/${token}`, ...(!holdsSecrets && { plain: true as const }) };
  }
}

/** A list or map is known beforehand where all that it holds is. */
function plainIf(type: PulumiType): PulumiType {
  return (type.items ?? type.additionalProperties)?.plain === true ? { ...type, plain: true } : type;
}

/** What every language can call a property. */
const IDENTIFIER = /^[A-Za-z]\w*$/;

/**
 * The keys of an object that is a map to programs, as `ephemeral-storage` is among them: generated TypeScript would
 * not compile with it. Kubernetes' own resource lists are maps, too.
 */
function mapKeysOf(schema: JsonSchema): string[] | undefined {
  const keys = Object.keys((schema["properties"] ?? {}) as object);
  return keys.every((key) => IDENTIFIER.test(key)) ? undefined : keys;
}

/** What may stand there; that nothing may, is said by `required`. */
function alternativesOf(schema: JsonSchema): JsonSchema[] {
  const { anyOf, oneOf, type } = schema as { anyOf?: JsonSchema[]; oneOf?: JsonSchema[]; type?: string | string[] };
  const all = Array.isArray(type) ? type.map((one) => ({ ...schema, type: one })) : (anyOf ?? oneOf ?? [schema]);
  return all.filter((one) => one["type"] !== "null");
}

/** `{ secure: ciphertext }` is how a stack's file has a secret; in a program it is a secret text. */
function isOrMayBeSealed(schema: JsonSchema): boolean {
  return alternativesOf(schema).some(({ properties }) => {
    const keys = Object.keys((properties ?? {}) as object);
    return keys.length === 1 && keys[0] === "secure";
  });
}

function wordsOf({ enum: words, const: word }: JsonSchema): string[] | undefined {
  if (typeof word === "string") return [word];
  return Array.isArray(words) ? (words as string[]) : undefined;
}

/**
 * One schema that takes what any of these takes, and more: objects of several kinds become one object with the
 * properties of all. Languages have no unions of objects that are worth the name, and the model checks the rest.
 */
function merge(schemas: readonly JsonSchema[]): JsonSchema {
  const distinct = [
    ...new Map(schemas.map((schema) => [JSON.stringify({ ...schema, description: "" }), schema])).values(),
  ];
  const [first] = distinct;
  if (first === undefined) throw new Error("a schema has no alternative");
  if (distinct.length === 1) return first;
  const words = distinct.map(wordsOf);
  if (words.every((list) => list !== undefined)) return { type: "string", enum: [...new Set(words.flat())] };
  if (distinct.every(({ properties }) => properties !== undefined)) return mergeObjects(distinct);
  for (const key of ["additionalProperties", "items"]) {
    const inner = distinct.map((schema) => schema[key]);
    if (inner.every((one) => typeof one === "object")) return { ...first, [key]: merge(inner as JsonSchema[]) };
  }
  if (distinct.every(({ type }) => type === "string")) return { ...first, type: "string" };
  return { anyOf: distinct };
}

function mergeObjects(schemas: readonly JsonSchema[]): JsonSchema {
  const shapes = schemas.map(({ properties }) => properties as Record<string, JsonSchema>);
  const keys = [...new Set(shapes.flatMap((shape) => Object.keys(shape)))];
  const required = schemas.map((schema) => (schema["required"] ?? []) as string[]);
  return {
    type: "object",
    properties: Object.fromEntries(
      keys.map((key) => [key, merge(shapes.flatMap((shape) => (shape[key] === undefined ? [] : [shape[key]])))]),
    ),
    required: keys.filter((key) => required.every((list) => list.includes(key))),
  };
}

function pascal(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}

/** `ProjectRepositories` holds a `ProjectRepository`. */
function singular(name: string): string {
  if (name.endsWith("ies")) return `${name.slice(0, -3)}y`;
  if (/(?:as|ss|x)es$/.test(name)) return name.slice(0, -2);
  return /[^s]s$/.test(name) ? name.slice(0, -1) : `${name}Item`;
}
