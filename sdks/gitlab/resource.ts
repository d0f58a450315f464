import * as pulumi from "@pulumi/pulumi";
import { version } from "./package.json";

/** What the constructor of a resource has to know, all of it property names in the schema's order. */
export interface ResourceFacts {
  /** The arguments. */
  readonly inputs: readonly string[];
  /** The arguments that must be there. */
  readonly required: readonly string[];
  /** The outputs that are no arguments. */
  readonly computed: readonly string[];
  /** The arguments that become secrets whether the caller made them so or not. */
  readonly secretInputs: readonly string[];
  /** The outputs that are secret whatever the provider says. */
  readonly secretOutputs: readonly string[];
}

/**
 * The inputs to register: of a lookup (`opts.id`) the state that was given, else the arguments, with the outputs
 * declared as yet to come.
 *
 * @throws when a required argument is missing, unless the resource is only referred to (`opts.urn`)
 */
export function resourceInputs(
  facts: ResourceFacts,
  argsOrState: object,
  opts: pulumi.CustomResourceOptions,
): pulumi.Inputs {
  const given: pulumi.Inputs = { ...argsOrState };
  if (opts.id) return pick(given, [...facts.inputs, ...facts.computed]);
  requireAll(facts.required, given, opts);
  return {
    ...pick(given, facts.inputs),
    ...secretsOf(given, facts.secretInputs),
    ...Object.fromEntries(facts.computed.map((name) => [name, undefined])),
  };
}

/** The caller's options on top of the SDK's own: the plugin's version and the secret outputs. */
export function resourceOptions(
  facts: ResourceFacts,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
  const merged = pulumi.mergeOptions({ version }, opts);
  if (facts.secretOutputs.length === 0) return merged;
  return pulumi.mergeOptions(merged, { additionalSecretOutputs: [...facts.secretOutputs] });
}

/** Whether the value is a resource of the type, also of another copy of this package or of Pulumi's SDK. */
export function hasType(value: unknown, type: string): boolean {
  return value !== undefined && value !== null && (value as { readonly __pulumiType?: unknown }).__pulumiType === type;
}

/** The arguments among them that are there, as secrets. */
export function secretsOf(given: pulumi.Inputs, names: readonly string[]): pulumi.Inputs {
  return Object.fromEntries(names.map((name) => [name, given[name] ? pulumi.secret(given[name]) : undefined]));
}

export function pick(given: pulumi.Inputs, names: readonly string[]): pulumi.Inputs {
  return Object.fromEntries(names.map((name) => [name, given[name]]));
}

function requireAll(names: readonly string[], given: pulumi.Inputs, opts: pulumi.CustomResourceOptions): void {
  const missing = names.find((name) => given[name] === undefined);
  if (missing !== undefined && !opts.urn) throw new Error(`Missing required property '${missing}'`);
}
