// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";
import type * as inputs from "./types/input";
import type * as outputs from "./types/output";

const facts: ResourceFacts = {
  inputs: [
    "accessLevel", "description", "expiresAt", "name", "project", "rotationConfiguration", "scopes",
    "validatePastExpirationDate",
  ],
  required: ["project", "scopes"],
  computed: ["active", "createdAt", "revoked", "token", "userId"],
  secretInputs: [],
  secretOutputs: ["token"],
};

export class ProjectAccessToken extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/projectAccessToken:ProjectAccessToken";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ProjectAccessTokenState,
    opts?: pulumi.CustomResourceOptions,
  ): ProjectAccessToken {
    return new ProjectAccessToken(name, state as ProjectAccessTokenArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is ProjectAccessToken {
    return hasType(value, ProjectAccessToken.__pulumiType);
  }

  declare readonly accessLevel: pulumi.Output<string>;
  declare readonly active: pulumi.Output<boolean>;
  declare readonly createdAt: pulumi.Output<string>;
  declare readonly description: pulumi.Output<string>;
  declare readonly expiresAt: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly project: pulumi.Output<string>;
  declare readonly revoked: pulumi.Output<boolean>;
  declare readonly rotationConfiguration: pulumi.Output<outputs.ProjectAccessTokenRotationConfiguration | undefined>;
  declare readonly scopes: pulumi.Output<string[]>;
  declare readonly token: pulumi.Output<string>;
  declare readonly userId: pulumi.Output<number>;
  declare readonly validatePastExpirationDate: pulumi.Output<boolean>;

  constructor(name: string, args: ProjectAccessTokenArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: ProjectAccessTokenArgs | ProjectAccessTokenState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(ProjectAccessToken.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface ProjectAccessTokenArgs {
  accessLevel?: pulumi.Input<string>;
  description?: pulumi.Input<string>;
  expiresAt?: pulumi.Input<string>;
  name?: pulumi.Input<string>;
  project: pulumi.Input<string>;
  rotationConfiguration?: pulumi.Input<inputs.ProjectAccessTokenRotationConfiguration>;
  scopes: pulumi.Input<pulumi.Input<string>[]>;
  validatePastExpirationDate?: pulumi.Input<boolean>;
}

export interface ProjectAccessTokenState extends Partial<ProjectAccessTokenArgs> {
  active?: pulumi.Input<boolean>;
  createdAt?: pulumi.Input<string>;
  revoked?: pulumi.Input<boolean>;
  token?: pulumi.Input<string>;
  userId?: pulumi.Input<number>;
}
