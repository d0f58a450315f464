// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: [
    "accessLevel", "expiresAt", "groupId", "memberRoleId", "skipSubresourcesOnDestroy", "unassignIssuablesOnDestroy",
    "userId",
  ],
  required: ["accessLevel", "groupId", "userId"],
  computed: [],
  secretInputs: [],
  secretOutputs: [],
};

export class GroupMembership extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/groupMembership:GroupMembership";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: GroupMembershipState,
    opts?: pulumi.CustomResourceOptions,
  ): GroupMembership {
    return new GroupMembership(name, state as GroupMembershipArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is GroupMembership {
    return hasType(value, GroupMembership.__pulumiType);
  }

  declare readonly accessLevel: pulumi.Output<string>;
  declare readonly expiresAt: pulumi.Output<string>;
  declare readonly groupId: pulumi.Output<number>;
  declare readonly memberRoleId: pulumi.Output<number | undefined>;
  declare readonly skipSubresourcesOnDestroy: pulumi.Output<boolean>;
  declare readonly unassignIssuablesOnDestroy: pulumi.Output<boolean>;
  declare readonly userId: pulumi.Output<number>;

  constructor(name: string, args: GroupMembershipArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: GroupMembershipArgs | GroupMembershipState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(GroupMembership.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface GroupMembershipArgs {
  accessLevel: pulumi.Input<string>;
  expiresAt?: pulumi.Input<string>;
  groupId: pulumi.Input<number>;
  memberRoleId?: pulumi.Input<number>;
  skipSubresourcesOnDestroy?: pulumi.Input<boolean>;
  unassignIssuablesOnDestroy?: pulumi.Input<boolean>;
  userId: pulumi.Input<number>;
}

export type GroupMembershipState = Partial<GroupMembershipArgs>;
