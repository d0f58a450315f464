// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: ["accessLevel", "expiresAt", "memberRoleId", "project", "userId"],
  required: ["accessLevel", "project", "userId"],
  computed: [],
  secretInputs: [],
  secretOutputs: [],
};

export class ProjectMembership extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/projectMembership:ProjectMembership";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ProjectMembershipState,
    opts?: pulumi.CustomResourceOptions,
  ): ProjectMembership {
    return new ProjectMembership(name, state as ProjectMembershipArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is ProjectMembership {
    return hasType(value, ProjectMembership.__pulumiType);
  }

  declare readonly accessLevel: pulumi.Output<string>;
  declare readonly expiresAt: pulumi.Output<string | undefined>;
  declare readonly memberRoleId: pulumi.Output<number | undefined>;
  declare readonly project: pulumi.Output<string>;
  declare readonly userId: pulumi.Output<number>;

  constructor(name: string, args: ProjectMembershipArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: ProjectMembershipArgs | ProjectMembershipState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(ProjectMembership.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface ProjectMembershipArgs {
  accessLevel: pulumi.Input<string>;
  expiresAt?: pulumi.Input<string>;
  memberRoleId?: pulumi.Input<number>;
  project: pulumi.Input<string>;
  userId: pulumi.Input<number>;
}

export type ProjectMembershipState = Partial<ProjectMembershipArgs>;
