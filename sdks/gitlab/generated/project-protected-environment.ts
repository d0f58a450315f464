// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";
import type * as inputs from "./types/input";
import type * as outputs from "./types/output";

const facts: ResourceFacts = {
  inputs: ["approvalRules", "deployAccessLevelsAttributes", "environment", "project"],
  required: ["environment", "project"],
  computed: [],
  secretInputs: [],
  secretOutputs: [],
};

export class ProjectProtectedEnvironment extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/projectProtectedEnvironment:ProjectProtectedEnvironment";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ProjectProtectedEnvironmentState,
    opts?: pulumi.CustomResourceOptions,
  ): ProjectProtectedEnvironment {
    return new ProjectProtectedEnvironment(name, state as ProjectProtectedEnvironmentArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is ProjectProtectedEnvironment {
    return hasType(value, ProjectProtectedEnvironment.__pulumiType);
  }

  declare readonly approvalRules: pulumi.Output<outputs.ProjectProtectedEnvironmentApprovalRule[]>;
  declare readonly deployAccessLevelsAttributes: pulumi.Output<outputs.ProjectProtectedEnvironmentDeployAccessLevelsAttribute[] | undefined>;
  declare readonly environment: pulumi.Output<string>;
  declare readonly project: pulumi.Output<string>;

  constructor(name: string, args: ProjectProtectedEnvironmentArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: ProjectProtectedEnvironmentArgs | ProjectProtectedEnvironmentState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(ProjectProtectedEnvironment.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface ProjectProtectedEnvironmentArgs {
  approvalRules?: pulumi.Input<pulumi.Input<inputs.ProjectProtectedEnvironmentApprovalRule>[]>;
  deployAccessLevelsAttributes?: pulumi.Input<pulumi.Input<inputs.ProjectProtectedEnvironmentDeployAccessLevelsAttribute>[]>;
  environment: pulumi.Input<string>;
  project: pulumi.Input<string>;
}

export type ProjectProtectedEnvironmentState = Partial<ProjectProtectedEnvironmentArgs>;
