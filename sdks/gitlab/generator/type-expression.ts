import { nameOf, type PropertyType } from "../../../lab/plugins/gitlab/package-schema";

const primitives: Readonly<Record<string, string>> = { boolean: "boolean", integer: "number", string: "string" };

/** The type of an argument: `pulumi.Input` around the whole and around each member of a list or a map. */
export function inputType(type: PropertyType): string {
  return `pulumi.Input<${expression(type, "inputs", inputType)}>`;
}

/** The type of a value that has arrived. */
export function outputType(type: PropertyType): string {
  return expression(type, "outputs", outputType);
}

/** Whether the type names an object type anywhere. */
export function refersToObject(type: PropertyType): boolean {
  if (typeof type === "string") return primitives[type] === undefined;
  return refersToObject("array" in type ? type.array : type.map);
}

function expression(type: PropertyType, objects: string, member: (type: PropertyType) => string): string {
  if (typeof type === "string") return primitives[type] ?? `${objects}.${nameOf(type)}`;
  if ("array" in type) return `${member(type.array)}[]`;
  return `{ [key: string]: ${member(type.map)} }`;
}
