import { parse } from "yaml";

/**
 * A double of Pulumi YAML's language host, which is not to be had here: a Node program that declares what a Pulumi.yaml
 * says, by type tokens alone, as every language's SDK does in the end. It knows components and providers, `${name}` and
 * `${name.property}`, config secrets, `providers` and `dependsOn`.
 *
 * @param change edits what the file says before it is declared
 */
export function yamlProgram(text: string, change: (file: YamlFile) => void = () => {}): string {
  const file = parse(text) as YamlFile;
  change(file);
  const { config = {}, resources, outputs } = file;
  return `
const pulumi = require("@pulumi/pulumi");
const kubernetes = require("@pulumi/kubernetes");
const { config, resources, outputs } = ${JSON.stringify({ config, resources, outputs })};
const values = {};
for (const [key, { secret }] of Object.entries(config)) {
  values[key] = secret ? new pulumi.Config().requireSecret(key) : new pulumi.Config().require(key);
}
const filled = (value) => {
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item)]));
  }
  const [, name, property] = (typeof value === "string" && /^\\$\\{(\\w+)(?:\\.(\\w+))?\\}$/.exec(value)) || [];
  return name === undefined ? value : property === undefined ? values[name] : values[name][property];
};
class Remote extends pulumi.ComponentResource {
  constructor(type, name, inputs, opts, outputs) {
    super(type, name, { ...inputs, ...Object.fromEntries(outputs.map((key) => [key, undefined])) }, opts, true);
  }
}
for (const [name, { type, properties, options = {} }] of Object.entries(resources)) {
  const read = [...JSON.stringify({ resources, outputs }).matchAll(new RegExp("\\\\$\\\\{" + name + "\\\\.(\\\\w+)\\\\}", "g"))];
  values[name] =
    type === "pulumi:providers:kubernetes"
      ? new kubernetes.Provider(name, filled(properties))
      : new Remote(type, name, filled(properties), { ...filled(options), version: "0.1.0" }, read.map(([, key]) => key));
}
module.exports = filled(outputs);
`;
}

/** As far as the double reads it. */
export interface YamlFile {
  readonly config?: Record<string, { readonly type: string; readonly secret?: boolean }>;
  readonly packages: Record<string, string>;
  readonly resources: Record<
    string,
    { readonly type: string; properties: Record<string, unknown>; readonly options?: Record<string, unknown> }
  >;
  readonly outputs: Record<string, string>;
}
