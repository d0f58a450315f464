import { nameOf, type Properties, type ResourceSchema } from "../../../lab/plugins/gitlab/package-schema";
import { deprecation, header, textList } from "./source";
import { inputType, outputType, refersToObject } from "./type-expression";

/** The file of one resource: its class, its arguments, and the state by which it can be looked up. */
export function resourceFile(token: string, resource: ResourceSchema): string {
  return [
    imports(resource),
    facts(resource),
    resourceClass(token, resource),
    args(token, resource),
    state(token, resource),
  ].join("\n");
}

function imports({ inputs, outputs }: ResourceSchema): string {
  const used = (properties: Properties): boolean => Object.values(properties).some(({ type }) => refersToObject(type));
  return [
    header,
    `import * as pulumi from "@pulumi/pulumi";\n`,
    `import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";\n`,
    used(inputs) || used(outputs) ? `import type * as inputs from "./types/input";\n` : "",
    used(outputs) ? `import type * as outputs from "./types/output";\n` : "",
  ].join("");
}

function facts({ inputs, requiredInputs, outputs }: ResourceSchema): string {
  const secret = (properties: Properties): string[] =>
    Object.entries(properties).flatMap(([name, property]) => (property.secret === true ? [name] : []));
  const lists = {
    inputs: Object.keys(inputs),
    required: requiredInputs,
    computed: computedOf(inputs, outputs),
    secretInputs: secret(inputs),
    secretOutputs: secret(outputs),
  };
  const members = Object.entries(lists).map(([name, list]) => `  ${name}: ${textList(list, "  ")},\n`);
  return `const facts: ResourceFacts = {\n${members.join("")}};\n`;
}

function resourceClass(token: string, { requiredInputs, outputs, requiredOutputs }: ResourceSchema): string {
  const name = nameOf(token);
  const optional = requiredInputs.length === 0 ? "?" : "";
  const properties = Object.entries(outputs).map(([output, { type, deprecated }]) => {
    const absent = requiredOutputs.includes(output) ? "" : " | undefined";
    return `${deprecation(deprecated)}  declare readonly ${output}: pulumi.Output<${outputType(type)}${absent}>;\n`;
  });
  return `export class ${name} extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "${token}";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ${name}State,
    opts?: pulumi.CustomResourceOptions,
  ): ${name} {
    return new ${name}(name, state as ${name}Args, { ...opts, id });
  }

  static override isInstance(value: unknown): value is ${name} {
    return hasType(value, ${name}.__pulumiType);
  }

${properties.join("")}
  constructor(name: string, args${optional}: ${name}Args, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: ${name}Args | ${name}State = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(${name}.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}
`;
}

function args(token: string, { inputs, requiredInputs }: ResourceSchema): string {
  const members = Object.entries(inputs).map(([name, { type, deprecated }]) => {
    const optional = requiredInputs.includes(name) ? "" : "?";
    return `${deprecation(deprecated)}  ${name}${optional}: ${inputType(type)};\n`;
  });
  return `export interface ${nameOf(token)}Args {\n${members.join("")}}\n`;
}

function state(token: string, { inputs, outputs }: ResourceSchema): string {
  const members = computedOf(inputs, outputs).map(
    (name) => `  ${name}?: ${inputType((outputs[name] as Properties[string]).type)};\n`,
  );
  const name = nameOf(token);
  if (members.length === 0) return `export type ${name}State = Partial<${name}Args>;\n`;
  return `export interface ${name}State extends Partial<${name}Args> {\n${members.join("")}}\n`;
}

function computedOf(inputs: Properties, outputs: Properties): string[] {
  return Object.keys(outputs).filter((name) => inputs[name] === undefined);
}
