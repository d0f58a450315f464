import * as pulumi from "@pulumi/pulumi";
import { version } from "./package.json";
import { hasType, pick, secretsOf } from "./resource";

/** What the constructor of the provider has to know: the names of its arguments. */
export interface ProviderFacts {
  /** Those that are texts, secret ones among them. */
  readonly texts: readonly string[];
  /** Those of any other type: a provider takes them as JSON. */
  readonly encoded: readonly string[];
  readonly secrets: readonly string[];
}

/** The inputs to register. */
export function providerInputs(facts: ProviderFacts, args: object): pulumi.Inputs {
  const given: pulumi.Inputs = { ...args };
  const encoded = facts.encoded.map((name) => [
    name,
    pulumi.output(given[name]).apply((value) => JSON.stringify(value)),
  ]);
  return {
    ...pick(given, facts.texts),
    ...secretsOf(given, facts.secrets),
    ...Object.fromEntries(encoded),
  };
}

/** The caller's options on top of the SDK's own: the plugin's version and the secret outputs. */
export function providerOptions(facts: ProviderFacts, opts: pulumi.ResourceOptions): pulumi.ResourceOptions {
  return pulumi.mergeOptions(pulumi.mergeOptions({ version }, opts), {
    additionalSecretOutputs: [...facts.secrets],
  });
}

/** Whether the value is a provider of the package. */
export function hasProviderType(value: unknown, name: string): boolean {
  return hasType(value, `pulumi:providers:${name}`);
}
