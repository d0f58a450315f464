// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: ["expiresAt", "name", "project", "scopes", "username", "validatePastExpirationDate"],
  required: ["project", "scopes"],
  computed: ["expired", "revoked", "token"],
  secretInputs: [],
  secretOutputs: ["token"],
};

export class ProjectDeployToken extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/projectDeployToken:ProjectDeployToken";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ProjectDeployTokenState,
    opts?: pulumi.CustomResourceOptions,
  ): ProjectDeployToken {
    return new ProjectDeployToken(name, state as ProjectDeployTokenArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is ProjectDeployToken {
    return hasType(value, ProjectDeployToken.__pulumiType);
  }

  declare readonly expired: pulumi.Output<boolean>;
  declare readonly expiresAt: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly project: pulumi.Output<string>;
  declare readonly revoked: pulumi.Output<boolean>;
  declare readonly scopes: pulumi.Output<string[]>;
  declare readonly token: pulumi.Output<string>;
  declare readonly username: pulumi.Output<string>;
  declare readonly validatePastExpirationDate: pulumi.Output<boolean>;

  constructor(name: string, args: ProjectDeployTokenArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: ProjectDeployTokenArgs | ProjectDeployTokenState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(ProjectDeployToken.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface ProjectDeployTokenArgs {
  expiresAt?: pulumi.Input<string>;
  name?: pulumi.Input<string>;
  project: pulumi.Input<string>;
  scopes: pulumi.Input<pulumi.Input<string>[]>;
  username?: pulumi.Input<string>;
  validatePastExpirationDate?: pulumi.Input<boolean>;
}

export interface ProjectDeployTokenState extends Partial<ProjectDeployTokenArgs> {
  expired?: pulumi.Input<boolean>;
  revoked?: pulumi.Input<boolean>;
  token?: pulumi.Input<string>;
}
