// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: ["expiresAt", "group", "name", "scopes", "username", "validatePastExpirationDate"],
  required: ["group", "scopes"],
  computed: ["expired", "revoked", "token"],
  secretInputs: [],
  secretOutputs: ["token"],
};

export class GroupDeployToken extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/groupDeployToken:GroupDeployToken";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: GroupDeployTokenState,
    opts?: pulumi.CustomResourceOptions,
  ): GroupDeployToken {
    return new GroupDeployToken(name, state as GroupDeployTokenArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is GroupDeployToken {
    return hasType(value, GroupDeployToken.__pulumiType);
  }

  declare readonly expired: pulumi.Output<boolean>;
  declare readonly expiresAt: pulumi.Output<string>;
  declare readonly group: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly revoked: pulumi.Output<boolean>;
  declare readonly scopes: pulumi.Output<string[]>;
  declare readonly token: pulumi.Output<string>;
  declare readonly username: pulumi.Output<string>;
  declare readonly validatePastExpirationDate: pulumi.Output<boolean>;

  constructor(name: string, args: GroupDeployTokenArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: GroupDeployTokenArgs | GroupDeployTokenState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(GroupDeployToken.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface GroupDeployTokenArgs {
  expiresAt?: pulumi.Input<string>;
  group: pulumi.Input<string>;
  name?: pulumi.Input<string>;
  scopes: pulumi.Input<pulumi.Input<string>[]>;
  username?: pulumi.Input<string>;
  validatePastExpirationDate?: pulumi.Input<boolean>;
}

export interface GroupDeployTokenState extends Partial<GroupDeployTokenArgs> {
  expired?: pulumi.Input<boolean>;
  revoked?: pulumi.Input<boolean>;
  token?: pulumi.Input<string>;
}
