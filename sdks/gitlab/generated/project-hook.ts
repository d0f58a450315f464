// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";
import type * as inputs from "./types/input";
import type * as outputs from "./types/output";

const facts: ResourceFacts = {
  inputs: [
    "branchFilterStrategy", "confidentialIssuesEvents", "confidentialNoteEvents", "customHeaders",
    "customWebhookTemplate", "deploymentEvents", "description", "emojiEvents", "enableSslVerification",
    "featureFlagEvents", "issuesEvents", "jobEvents", "mergeRequestsEvents", "milestoneEvents", "name", "noteEvents",
    "pipelineEvents", "project", "pushEvents", "pushEventsBranchFilter", "releasesEvents", "resourceAccessTokenEvents",
    "resourceDeployTokenEvents", "signingToken", "tagPushEvents", "token", "url", "urlVariables", "vulnerabilityEvents",
    "wikiPageEvents",
  ],
  required: ["project", "url"],
  computed: [
    "alertStatus", "disabledUntil", "hookId", "projectId", "repositoryUpdateEvents", "signingTokenPresent",
  ],
  secretInputs: ["signingToken", "token"],
  secretOutputs: ["signingToken", "token"],
};

export class ProjectHook extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/projectHook:ProjectHook";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ProjectHookState,
    opts?: pulumi.CustomResourceOptions,
  ): ProjectHook {
    return new ProjectHook(name, state as ProjectHookArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is ProjectHook {
    return hasType(value, ProjectHook.__pulumiType);
  }

  declare readonly alertStatus: pulumi.Output<string>;
  declare readonly branchFilterStrategy: pulumi.Output<string>;
  declare readonly confidentialIssuesEvents: pulumi.Output<boolean>;
  declare readonly confidentialNoteEvents: pulumi.Output<boolean>;
  declare readonly customHeaders: pulumi.Output<outputs.ProjectHookCustomHeader[] | undefined>;
  declare readonly customWebhookTemplate: pulumi.Output<string>;
  declare readonly deploymentEvents: pulumi.Output<boolean>;
  declare readonly description: pulumi.Output<string>;
  declare readonly disabledUntil: pulumi.Output<string>;
  declare readonly emojiEvents: pulumi.Output<boolean>;
  declare readonly enableSslVerification: pulumi.Output<boolean>;
  declare readonly featureFlagEvents: pulumi.Output<boolean>;
  declare readonly hookId: pulumi.Output<number>;
  declare readonly issuesEvents: pulumi.Output<boolean>;
  declare readonly jobEvents: pulumi.Output<boolean>;
  declare readonly mergeRequestsEvents: pulumi.Output<boolean>;
  declare readonly milestoneEvents: pulumi.Output<boolean>;
  declare readonly name: pulumi.Output<string>;
  declare readonly noteEvents: pulumi.Output<boolean>;
  declare readonly pipelineEvents: pulumi.Output<boolean>;
  declare readonly project: pulumi.Output<string>;
  declare readonly projectId: pulumi.Output<number>;
  declare readonly pushEvents: pulumi.Output<boolean>;
  declare readonly pushEventsBranchFilter: pulumi.Output<string>;
  declare readonly releasesEvents: pulumi.Output<boolean>;
  declare readonly repositoryUpdateEvents: pulumi.Output<boolean>;
  declare readonly resourceAccessTokenEvents: pulumi.Output<boolean>;
  declare readonly resourceDeployTokenEvents: pulumi.Output<boolean>;
  declare readonly signingToken: pulumi.Output<string | undefined>;
  declare readonly signingTokenPresent: pulumi.Output<boolean>;
  declare readonly tagPushEvents: pulumi.Output<boolean>;
  declare readonly token: pulumi.Output<string>;
  declare readonly url: pulumi.Output<string>;
  declare readonly urlVariables: pulumi.Output<outputs.ProjectHookUrlVariable[] | undefined>;
  declare readonly vulnerabilityEvents: pulumi.Output<boolean>;
  declare readonly wikiPageEvents: pulumi.Output<boolean>;

  constructor(name: string, args: ProjectHookArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: ProjectHookArgs | ProjectHookState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(ProjectHook.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface ProjectHookArgs {
  branchFilterStrategy?: pulumi.Input<string>;
  confidentialIssuesEvents?: pulumi.Input<boolean>;
  confidentialNoteEvents?: pulumi.Input<boolean>;
  customHeaders?: pulumi.Input<pulumi.Input<inputs.ProjectHookCustomHeader>[]>;
  customWebhookTemplate?: pulumi.Input<string>;
  deploymentEvents?: pulumi.Input<boolean>;
  description?: pulumi.Input<string>;
  emojiEvents?: pulumi.Input<boolean>;
  enableSslVerification?: pulumi.Input<boolean>;
  featureFlagEvents?: pulumi.Input<boolean>;
  issuesEvents?: pulumi.Input<boolean>;
  jobEvents?: pulumi.Input<boolean>;
  mergeRequestsEvents?: pulumi.Input<boolean>;
  milestoneEvents?: pulumi.Input<boolean>;
  name?: pulumi.Input<string>;
  noteEvents?: pulumi.Input<boolean>;
  pipelineEvents?: pulumi.Input<boolean>;
  project: pulumi.Input<string>;
  pushEvents?: pulumi.Input<boolean>;
  pushEventsBranchFilter?: pulumi.Input<string>;
  releasesEvents?: pulumi.Input<boolean>;
  resourceAccessTokenEvents?: pulumi.Input<boolean>;
  resourceDeployTokenEvents?: pulumi.Input<boolean>;
  signingToken?: pulumi.Input<string>;
  tagPushEvents?: pulumi.Input<boolean>;
  token?: pulumi.Input<string>;
  url: pulumi.Input<string>;
  urlVariables?: pulumi.Input<pulumi.Input<inputs.ProjectHookUrlVariable>[]>;
  vulnerabilityEvents?: pulumi.Input<boolean>;
  wikiPageEvents?: pulumi.Input<boolean>;
}

export interface ProjectHookState extends Partial<ProjectHookArgs> {
  alertStatus?: pulumi.Input<string>;
  disabledUntil?: pulumi.Input<string>;
  hookId?: pulumi.Input<number>;
  projectId?: pulumi.Input<number>;
  repositoryUpdateEvents?: pulumi.Input<boolean>;
  signingTokenPresent?: pulumi.Input<boolean>;
}
