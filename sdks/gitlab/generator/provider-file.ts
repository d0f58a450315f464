import type { PackageSchema, Property } from "../../../lab/plugins/gitlab/package-schema";
import { header, textList } from "./source";
import { inputType, outputType } from "./type-expression";

/** The file of the provider resource, whose arguments are the package's config. */
export function providerFile(schema: PackageSchema): string {
  const entries = Object.entries(schema.config);
  const texts = entries.filter(([, { type }]) => type === "string");
  const secrets = entries.filter(([, { secret }]) => secret === true);
  const encoded = entries.filter(([, { type }]) => type !== "string");
  const lines = {
    args: members(entries, (name, { type }) => `  ${name}?: ${inputType(type)};\n`),
    outputs: members(texts, (name) => `  declare readonly ${name}: pulumi.Output<string | undefined>;\n`),
  };
  const names = (list: readonly (readonly [string, Property])[]): string =>
    textList(
      list.map(([name]) => name),
      "  ",
    );
  return `${header}import * as pulumi from "@pulumi/pulumi";
import { hasProviderType, type ProviderFacts, providerInputs, providerOptions } from "../provider-resource";

const facts: ProviderFacts = {
  texts: ${names(texts)},
  encoded: ${names(encoded)},
  secrets: ${names(secrets)},
};

export class Provider extends pulumi.ProviderResource {
  /** @internal */
  static readonly __pulumiType = "${schema.package}";

  static override isInstance(value: unknown): value is Provider {
    return hasProviderType(value, Provider.__pulumiType);
  }

${lines.outputs}
  constructor(name: string, args: ProviderArgs = {}, opts: pulumi.ResourceOptions = {}) {
    super(Provider.__pulumiType, name, providerInputs(facts, args), providerOptions(facts, opts));
  }
}

export interface ProviderArgs {
${lines.args}}
`;
}

/** The file of the package's config in the stack's. */
export function configFile(schema: PackageSchema): string {
  const getters = members(Object.entries(schema.config), (name, { type }) => {
    const value = outputType(type);
    const read = type === "string" ? `get("${name}")` : `getObject<${value}>("${name}")`;
    return `  get ${name}(): ${value} | undefined {\n    return stack.${read};\n  },\n`;
  });
  return `${header}import * as pulumi from "@pulumi/pulumi";

const stack = new pulumi.Config("${schema.package}");

/** The stack's config of the package, read when it is asked for. */
export const config = {
${getters}};
`;
}

function members(
  entries: readonly (readonly [string, Property])[],
  write: (name: string, property: Property) => string,
): string {
  return entries.map(([name, property]) => write(name, property)).join("");
}
