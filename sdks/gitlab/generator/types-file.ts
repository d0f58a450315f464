import { nameOf, type PackageSchema } from "../../../lab/plugins/gitlab/package-schema";
import { deprecation, header } from "./source";
import { inputType, outputType } from "./type-expression";

/** The object types as arguments. */
export function inputTypesFile(schema: PackageSchema): string {
  return `${header}import type * as pulumi from "@pulumi/pulumi";\n\n${interfaces(schema, inputType)}`;
}

/** The object types as values that have arrived. */
export function outputTypesFile(schema: PackageSchema): string {
  return `${header}\n${interfaces(schema, outputType)}`;
}

function interfaces({ types }: PackageSchema, typeOf: typeof inputType): string {
  const written = Object.entries(types).map(([token, { properties, required }]) => {
    const members = Object.entries(properties).map(([name, { type, deprecated }]) => {
      const optional = required.includes(name) ? "" : "?";
      return `${deprecation(deprecated)}  ${name}${optional}: ${typeOf(type)};\n`;
    });
    return `export interface ${nameOf(token)} {\n${members.join("")}}\n`;
  });
  return written.join("\n");
}
