// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";
import type * as inputs from "./types/input";
import type * as outputs from "./types/output";

const facts: ResourceFacts = {
  inputs: [
    "branchFilterStrategy", "confidentialIssuesEvents", "confidentialNoteEvents", "customHeaders",
    "customWebhookTemplate", "deploymentEvents", "description", "emojiEvents", "enableSslVerification",
    "featureFlagEvents", "group", "issuesEvents", "jobEvents", "memberEvents", "mergeRequestsEvents", "milestoneEvents",
    "name", "noteEvents", "pipelineEvents", "projectEvents", "pushEvents", "pushEventsBranchFilter", "releasesEvents",
    "resourceAccessTokenEvents", "signingToken", "subgroupEvents", "tagPushEvents", "token", "url", "urlVariables",
    "vulnerabilityEvents", "wikiPageEvents",
  ],
  required: ["group", "url"],
  computed: ["alertStatus", "disabledUntil", "groupId", "hookId", "signingTokenPresent"],
  secretInputs: ["signingToken", "token"],
  secretOutputs: ["signingToken", "token"],
};

export class GroupHook extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/groupHook:GroupHook";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: GroupHookState,
    opts?: pulumi.CustomResourceOptions,
  ): GroupHook {
    return new GroupHook(name, state as GroupHookArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is GroupHook {
    return hasType(value, GroupHook.__pulumiType);
  }

  declare readonly alertStatus: pulumi.Output<string>;
  declare readonly branchFilterStrategy: pulumi.Output<string>;
  declare readonly confidentialIssuesEvents: pulumi.Output<boolean>;
  declare readonly confidentialNoteEvents: pulumi.Output<boolean>;
  declare readonly customHeaders: pulumi.Output<outputs.GroupHookCustomHeader[] | undefined>;
  declare readonly customWebhookTemplate: pulumi.Output<string>;
  declare readonly deploymentEvents: pulumi.Output<boolean>;
  declare readonly description: pulumi.Output<string>;
  declare readonly disabledUntil: pulumi.Output<string>;
  declare readonly emojiEvents: pulumi.Output<boolean>;
  declare readonly enableSslVerification: pulumi.Output<boolean>;
  declare readonly featureFlagEvents: pulumi.Output<boolean>;
  declare readonly group: pulumi.Output<string>;
  declare readonly groupId: pulumi.Output<number>;
  declare readonly hookId: pulumi.Output<number>;
  declare readonly issuesEvents: pulumi.Output<boolean>;
  declare readonly jobEvents: pulumi.Output<boolean>;
  declare readonly memberEvents: pulumi.Output<boolean>;
  declare readonly mergeRequestsEvents: pulumi.Output<boolean>;
  declare readonly milestoneEvents: pulumi.Output<boolean>;
  declare readonly name: pulumi.Output<string>;
  declare readonly noteEvents: pulumi.Output<boolean>;
  declare readonly pipelineEvents: pulumi.Output<boolean>;
  declare readonly projectEvents: pulumi.Output<boolean>;
  declare readonly pushEvents: pulumi.Output<boolean>;
  declare readonly pushEventsBranchFilter: pulumi.Output<string>;
  declare readonly releasesEvents: pulumi.Output<boolean>;
  declare readonly resourceAccessTokenEvents: pulumi.Output<boolean>;
  declare readonly signingToken: pulumi.Output<string | undefined>;
  declare readonly signingTokenPresent: pulumi.Output<boolean>;
  declare readonly subgroupEvents: pulumi.Output<boolean>;
  declare readonly tagPushEvents: pulumi.Output<boolean>;
  declare readonly token: pulumi.Output<string>;
  declare readonly url: pulumi.Output<string>;
  declare readonly urlVariables: pulumi.Output<outputs.GroupHookUrlVariable[] | undefined>;
  declare readonly vulnerabilityEvents: pulumi.Output<boolean>;
  declare readonly wikiPageEvents: pulumi.Output<boolean>;

  constructor(name: string, args: GroupHookArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: GroupHookArgs | GroupHookState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(GroupHook.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface GroupHookArgs {
  branchFilterStrategy?: pulumi.Input<string>;
  confidentialIssuesEvents?: pulumi.Input<boolean>;
  confidentialNoteEvents?: pulumi.Input<boolean>;
  customHeaders?: pulumi.Input<pulumi.Input<inputs.GroupHookCustomHeader>[]>;
  customWebhookTemplate?: pulumi.Input<string>;
  deploymentEvents?: pulumi.Input<boolean>;
  description?: pulumi.Input<string>;
  emojiEvents?: pulumi.Input<boolean>;
  enableSslVerification?: pulumi.Input<boolean>;
  featureFlagEvents?: pulumi.Input<boolean>;
  group: pulumi.Input<string>;
  issuesEvents?: pulumi.Input<boolean>;
  jobEvents?: pulumi.Input<boolean>;
  memberEvents?: pulumi.Input<boolean>;
  mergeRequestsEvents?: pulumi.Input<boolean>;
  milestoneEvents?: pulumi.Input<boolean>;
  name?: pulumi.Input<string>;
  noteEvents?: pulumi.Input<boolean>;
  pipelineEvents?: pulumi.Input<boolean>;
  projectEvents?: pulumi.Input<boolean>;
  pushEvents?: pulumi.Input<boolean>;
  pushEventsBranchFilter?: pulumi.Input<string>;
  releasesEvents?: pulumi.Input<boolean>;
  resourceAccessTokenEvents?: pulumi.Input<boolean>;
  signingToken?: pulumi.Input<string>;
  subgroupEvents?: pulumi.Input<boolean>;
  tagPushEvents?: pulumi.Input<boolean>;
  token?: pulumi.Input<string>;
  url: pulumi.Input<string>;
  urlVariables?: pulumi.Input<pulumi.Input<inputs.GroupHookUrlVariable>[]>;
  vulnerabilityEvents?: pulumi.Input<boolean>;
  wikiPageEvents?: pulumi.Input<boolean>;
}

export interface GroupHookState extends Partial<GroupHookArgs> {
  alertStatus?: pulumi.Input<string>;
  disabledUntil?: pulumi.Input<string>;
  groupId?: pulumi.Input<number>;
  hookId?: pulumi.Input<number>;
  signingTokenPresent?: pulumi.Input<boolean>;
}
