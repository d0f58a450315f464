import { readFileSync } from "node:fs";
import { join } from "node:path";

/** `string`, `integer`, `boolean`, or a reference to an object type: `#/types/<token>`. */
export type PropertyType = string | { readonly array: PropertyType } | { readonly map: PropertyType };

export interface Property {
  readonly type: PropertyType;
  /** @default false */
  readonly secret?: boolean;
  /** @default false */
  readonly deprecated?: boolean;
  /** Whether a change of this argument makes a new resource. Not told of every resource. @default false */
  readonly replaceOnChanges?: boolean;
}

export type Properties = Readonly<Record<string, Property>>;

export interface ResourceSchema {
  readonly inputs: Properties;
  readonly requiredInputs: readonly string[];
  readonly outputs: Properties;
  /** The outputs that always hold a value. */
  readonly requiredOutputs: readonly string[];
}

/** The facts about the package: what `schema.json` holds. Tokens look like `gitlab:index/group:Group`. */
export interface PackageSchema {
  readonly package: string;
  readonly version: string;
  readonly config: Properties;
  readonly resources: Readonly<Record<string, ResourceSchema>>;
  readonly types: Readonly<Record<string, { readonly properties: Properties; readonly required: readonly string[] }>>;
}

export function loadSchema(): PackageSchema {
  return JSON.parse(readFileSync(join(__dirname, "schema.json"), "utf8")) as PackageSchema;
}

/** The class of a resource or the interface of an object type: `Group` of `gitlab:index/group:Group`. */
export function nameOf(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1);
}

/** The module of a token, with which the engine names it: `index/group` of `gitlab:index/group:Group`. */
export function moduleOf(token: string): string {
  return token.split(":")[1] ?? "";
}

/** A class's file, without ending: `group-access-token` of `GroupAccessToken`. */
export function fileOf(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
