// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";
import type * as inputs from "./types/input";
import type * as outputs from "./types/output";

const facts: ResourceFacts = {
  inputs: [
    "allowMergeOnSkippedPipeline", "allowedEmailDomainsLists", "archiveOnDestroy", "autoDevopsEnabled", "avatar",
    "avatarHash", "defaultBranch", "defaultBranchProtection", "defaultBranchProtectionDefaults", "description",
    "emailsEnabled", "extraSharedRunnersMinutesLimit", "ipRestrictionRanges", "lfsEnabled", "maxArtifactsSize",
    "membershipLock", "mentionsDisabled", "name", "onlyAllowMergeIfAllDiscussionsAreResolved",
    "onlyAllowMergeIfPipelineSucceeds", "parentId", "path", "permanentlyRemoveOnDelete", "preventForkingOutsideGroup",
    "preventSharingGroupsOutsideHierarchy", "projectCreationLevel", "pushRules", "requestAccessEnabled",
    "requireTwoFactorAuthentication", "shareWithGroupLock", "sharedRunnersMinutesLimit", "sharedRunnersSetting",
    "subgroupCreationLevel", "twoFactorGracePeriod", "visibilityLevel", "wikiAccessLevel",
  ],
  required: ["path"],
  computed: ["avatarUrl", "fullName", "fullPath", "runnersToken", "webUrl"],
  secretInputs: [],
  secretOutputs: ["runnersToken"],
};

export class Group extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/group:Group";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: GroupState,
    opts?: pulumi.CustomResourceOptions,
  ): Group {
    return new Group(name, state as GroupArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is Group {
    return hasType(value, Group.__pulumiType);
  }

  declare readonly allowMergeOnSkippedPipeline: pulumi.Output<boolean>;
  declare readonly allowedEmailDomainsLists: pulumi.Output<string[]>;
  declare readonly archiveOnDestroy: pulumi.Output<boolean | undefined>;
  declare readonly autoDevopsEnabled: pulumi.Output<boolean>;
  declare readonly avatar: pulumi.Output<string | undefined>;
  declare readonly avatarHash: pulumi.Output<string>;
  declare readonly avatarUrl: pulumi.Output<string>;
  declare readonly defaultBranch: pulumi.Output<string | undefined>;
  /** @deprecated GitLab has replaced it. */
  declare readonly defaultBranchProtection: pulumi.Output<number>;
  declare readonly defaultBranchProtectionDefaults: pulumi.Output<outputs.GroupDefaultBranchProtectionDefaults>;
  declare readonly description: pulumi.Output<string | undefined>;
  declare readonly emailsEnabled: pulumi.Output<boolean>;
  declare readonly extraSharedRunnersMinutesLimit: pulumi.Output<number>;
  declare readonly fullName: pulumi.Output<string>;
  declare readonly fullPath: pulumi.Output<string>;
  declare readonly ipRestrictionRanges: pulumi.Output<string[] | undefined>;
  declare readonly lfsEnabled: pulumi.Output<boolean>;
  declare readonly maxArtifactsSize: pulumi.Output<number>;
  declare readonly membershipLock: pulumi.Output<boolean>;
  declare readonly mentionsDisabled: pulumi.Output<boolean>;
  declare readonly name: pulumi.Output<string>;
  declare readonly onlyAllowMergeIfAllDiscussionsAreResolved: pulumi.Output<boolean>;
  declare readonly onlyAllowMergeIfPipelineSucceeds: pulumi.Output<boolean>;
  declare readonly parentId: pulumi.Output<number>;
  declare readonly path: pulumi.Output<string>;
  declare readonly permanentlyRemoveOnDelete: pulumi.Output<boolean | undefined>;
  declare readonly preventForkingOutsideGroup: pulumi.Output<boolean>;
  declare readonly preventSharingGroupsOutsideHierarchy: pulumi.Output<boolean>;
  declare readonly projectCreationLevel: pulumi.Output<string>;
  declare readonly pushRules: pulumi.Output<outputs.GroupPushRules>;
  declare readonly requestAccessEnabled: pulumi.Output<boolean>;
  declare readonly requireTwoFactorAuthentication: pulumi.Output<boolean>;
  declare readonly runnersToken: pulumi.Output<string>;
  declare readonly shareWithGroupLock: pulumi.Output<boolean>;
  declare readonly sharedRunnersMinutesLimit: pulumi.Output<number>;
  declare readonly sharedRunnersSetting: pulumi.Output<string>;
  declare readonly subgroupCreationLevel: pulumi.Output<string>;
  declare readonly twoFactorGracePeriod: pulumi.Output<number>;
  declare readonly visibilityLevel: pulumi.Output<string>;
  declare readonly webUrl: pulumi.Output<string>;
  declare readonly wikiAccessLevel: pulumi.Output<string>;

  constructor(name: string, args: GroupArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: GroupArgs | GroupState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(Group.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface GroupArgs {
  allowMergeOnSkippedPipeline?: pulumi.Input<boolean>;
  allowedEmailDomainsLists?: pulumi.Input<pulumi.Input<string>[]>;
  archiveOnDestroy?: pulumi.Input<boolean>;
  autoDevopsEnabled?: pulumi.Input<boolean>;
  avatar?: pulumi.Input<string>;
  avatarHash?: pulumi.Input<string>;
  defaultBranch?: pulumi.Input<string>;
  /** @deprecated GitLab has replaced it. */
  defaultBranchProtection?: pulumi.Input<number>;
  defaultBranchProtectionDefaults?: pulumi.Input<inputs.GroupDefaultBranchProtectionDefaults>;
  description?: pulumi.Input<string>;
  emailsEnabled?: pulumi.Input<boolean>;
  extraSharedRunnersMinutesLimit?: pulumi.Input<number>;
  ipRestrictionRanges?: pulumi.Input<pulumi.Input<string>[]>;
  lfsEnabled?: pulumi.Input<boolean>;
  maxArtifactsSize?: pulumi.Input<number>;
  membershipLock?: pulumi.Input<boolean>;
  mentionsDisabled?: pulumi.Input<boolean>;
  name?: pulumi.Input<string>;
  onlyAllowMergeIfAllDiscussionsAreResolved?: pulumi.Input<boolean>;
  onlyAllowMergeIfPipelineSucceeds?: pulumi.Input<boolean>;
  parentId?: pulumi.Input<number>;
  path: pulumi.Input<string>;
  permanentlyRemoveOnDelete?: pulumi.Input<boolean>;
  preventForkingOutsideGroup?: pulumi.Input<boolean>;
  preventSharingGroupsOutsideHierarchy?: pulumi.Input<boolean>;
  projectCreationLevel?: pulumi.Input<string>;
  pushRules?: pulumi.Input<inputs.GroupPushRules>;
  requestAccessEnabled?: pulumi.Input<boolean>;
  requireTwoFactorAuthentication?: pulumi.Input<boolean>;
  shareWithGroupLock?: pulumi.Input<boolean>;
  sharedRunnersMinutesLimit?: pulumi.Input<number>;
  sharedRunnersSetting?: pulumi.Input<string>;
  subgroupCreationLevel?: pulumi.Input<string>;
  twoFactorGracePeriod?: pulumi.Input<number>;
  visibilityLevel?: pulumi.Input<string>;
  wikiAccessLevel?: pulumi.Input<string>;
}

export interface GroupState extends Partial<GroupArgs> {
  avatarUrl?: pulumi.Input<string>;
  fullName?: pulumi.Input<string>;
  fullPath?: pulumi.Input<string>;
  runnersToken?: pulumi.Input<string>;
  webUrl?: pulumi.Input<string>;
}
