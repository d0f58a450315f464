// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasProviderType, type ProviderFacts, providerInputs, providerOptions } from "../provider-resource";

const facts: ProviderFacts = {
  texts: ["baseUrl", "cacertFile", "clientCert", "clientKey", "configFile", "context", "token"],
  encoded: ["earlyAuthCheck", "enableAutoCiSupport", "headers", "insecure", "retries"],
  secrets: ["token"],
};

export class Provider extends pulumi.ProviderResource {
  /** @internal */
  static readonly __pulumiType = "gitlab";

  static override isInstance(value: unknown): value is Provider {
    return hasProviderType(value, Provider.__pulumiType);
  }

  declare readonly baseUrl: pulumi.Output<string | undefined>;
  declare readonly cacertFile: pulumi.Output<string | undefined>;
  declare readonly clientCert: pulumi.Output<string | undefined>;
  declare readonly clientKey: pulumi.Output<string | undefined>;
  declare readonly configFile: pulumi.Output<string | undefined>;
  declare readonly context: pulumi.Output<string | undefined>;
  declare readonly token: pulumi.Output<string | undefined>;

  constructor(name: string, args: ProviderArgs = {}, opts: pulumi.ResourceOptions = {}) {
    super(Provider.__pulumiType, name, providerInputs(facts, args), providerOptions(facts, opts));
  }
}

export interface ProviderArgs {
  baseUrl?: pulumi.Input<string>;
  cacertFile?: pulumi.Input<string>;
  clientCert?: pulumi.Input<string>;
  clientKey?: pulumi.Input<string>;
  configFile?: pulumi.Input<string>;
  context?: pulumi.Input<string>;
  earlyAuthCheck?: pulumi.Input<boolean>;
  enableAutoCiSupport?: pulumi.Input<boolean>;
  headers?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
  insecure?: pulumi.Input<boolean>;
  retries?: pulumi.Input<number>;
  token?: pulumi.Input<string>;
}
