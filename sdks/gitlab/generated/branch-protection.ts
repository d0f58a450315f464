// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";
import type * as inputs from "./types/input";
import type * as outputs from "./types/output";

const facts: ResourceFacts = {
  inputs: [
    "allowForcePush", "allowedToMerges", "allowedToPushes", "allowedToUnprotects", "branch",
    "codeOwnerApprovalRequired", "mergeAccessLevel", "project", "pushAccessLevel",
  ],
  required: ["branch", "project"],
  computed: ["branchProtectionId"],
  secretInputs: [],
  secretOutputs: [],
};

export class BranchProtection extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/branchProtection:BranchProtection";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: BranchProtectionState,
    opts?: pulumi.CustomResourceOptions,
  ): BranchProtection {
    return new BranchProtection(name, state as BranchProtectionArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is BranchProtection {
    return hasType(value, BranchProtection.__pulumiType);
  }

  declare readonly allowForcePush: pulumi.Output<boolean>;
  declare readonly allowedToMerges: pulumi.Output<outputs.BranchProtectionAllowedToMerge[]>;
  declare readonly allowedToPushes: pulumi.Output<outputs.BranchProtectionAllowedToPush[]>;
  declare readonly allowedToUnprotects: pulumi.Output<outputs.BranchProtectionAllowedToUnprotect[]>;
  declare readonly branch: pulumi.Output<string>;
  declare readonly branchProtectionId: pulumi.Output<number>;
  declare readonly codeOwnerApprovalRequired: pulumi.Output<boolean>;
  declare readonly mergeAccessLevel: pulumi.Output<string>;
  declare readonly project: pulumi.Output<string>;
  declare readonly pushAccessLevel: pulumi.Output<string>;

  constructor(name: string, args: BranchProtectionArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: BranchProtectionArgs | BranchProtectionState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(BranchProtection.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface BranchProtectionArgs {
  allowForcePush?: pulumi.Input<boolean>;
  allowedToMerges?: pulumi.Input<pulumi.Input<inputs.BranchProtectionAllowedToMerge>[]>;
  allowedToPushes?: pulumi.Input<pulumi.Input<inputs.BranchProtectionAllowedToPush>[]>;
  allowedToUnprotects?: pulumi.Input<pulumi.Input<inputs.BranchProtectionAllowedToUnprotect>[]>;
  branch: pulumi.Input<string>;
  codeOwnerApprovalRequired?: pulumi.Input<boolean>;
  mergeAccessLevel?: pulumi.Input<string>;
  project: pulumi.Input<string>;
  pushAccessLevel?: pulumi.Input<string>;
}

export interface BranchProtectionState extends Partial<BranchProtectionArgs> {
  branchProtectionId?: pulumi.Input<number>;
}
