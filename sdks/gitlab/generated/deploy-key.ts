// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: ["canPush", "expiresAt", "key", "project", "title"],
  required: ["key", "project", "title"],
  computed: ["deployKeyId"],
  secretInputs: [],
  secretOutputs: [],
};

export class DeployKey extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/deployKey:DeployKey";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: DeployKeyState,
    opts?: pulumi.CustomResourceOptions,
  ): DeployKey {
    return new DeployKey(name, state as DeployKeyArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is DeployKey {
    return hasType(value, DeployKey.__pulumiType);
  }

  declare readonly canPush: pulumi.Output<boolean | undefined>;
  declare readonly deployKeyId: pulumi.Output<number>;
  declare readonly expiresAt: pulumi.Output<string | undefined>;
  declare readonly key: pulumi.Output<string>;
  declare readonly project: pulumi.Output<string>;
  declare readonly title: pulumi.Output<string>;

  constructor(name: string, args: DeployKeyArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: DeployKeyArgs | DeployKeyState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(DeployKey.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface DeployKeyArgs {
  canPush?: pulumi.Input<boolean>;
  expiresAt?: pulumi.Input<string>;
  key: pulumi.Input<string>;
  project: pulumi.Input<string>;
  title: pulumi.Input<string>;
}

export interface DeployKeyState extends Partial<DeployKeyArgs> {
  deployKeyId?: pulumi.Input<number>;
}
