// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: [
    "disableOverridingApproversPerMergeRequest", "mergeRequestsAuthorApproval",
    "mergeRequestsDisableCommittersApproval", "project", "requirePasswordToApprove", "requireReauthenticationToApprove",
    "resetApprovalsOnPush", "selectiveCodeOwnerRemovals",
  ],
  required: ["project"],
  computed: [],
  secretInputs: [],
  secretOutputs: [],
};

export class ProjectLevelMrApprovals extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/projectLevelMrApprovals:ProjectLevelMrApprovals";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ProjectLevelMrApprovalsState,
    opts?: pulumi.CustomResourceOptions,
  ): ProjectLevelMrApprovals {
    return new ProjectLevelMrApprovals(name, state as ProjectLevelMrApprovalsArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is ProjectLevelMrApprovals {
    return hasType(value, ProjectLevelMrApprovals.__pulumiType);
  }

  declare readonly disableOverridingApproversPerMergeRequest: pulumi.Output<boolean>;
  declare readonly mergeRequestsAuthorApproval: pulumi.Output<boolean>;
  declare readonly mergeRequestsDisableCommittersApproval: pulumi.Output<boolean>;
  declare readonly project: pulumi.Output<string>;
  /** @deprecated GitLab has replaced it. */
  declare readonly requirePasswordToApprove: pulumi.Output<boolean>;
  declare readonly requireReauthenticationToApprove: pulumi.Output<boolean>;
  declare readonly resetApprovalsOnPush: pulumi.Output<boolean>;
  declare readonly selectiveCodeOwnerRemovals: pulumi.Output<boolean>;

  constructor(name: string, args: ProjectLevelMrApprovalsArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: ProjectLevelMrApprovalsArgs | ProjectLevelMrApprovalsState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(ProjectLevelMrApprovals.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface ProjectLevelMrApprovalsArgs {
  disableOverridingApproversPerMergeRequest?: pulumi.Input<boolean>;
  mergeRequestsAuthorApproval?: pulumi.Input<boolean>;
  mergeRequestsDisableCommittersApproval?: pulumi.Input<boolean>;
  project: pulumi.Input<string>;
  /** @deprecated GitLab has replaced it. */
  requirePasswordToApprove?: pulumi.Input<boolean>;
  requireReauthenticationToApprove?: pulumi.Input<boolean>;
  resetApprovalsOnPush?: pulumi.Input<boolean>;
  selectiveCodeOwnerRemovals?: pulumi.Input<boolean>;
}

export type ProjectLevelMrApprovalsState = Partial<ProjectLevelMrApprovalsArgs>;
