// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: ["project", "targetGroupId", "targetProjectId"],
  required: ["project"],
  computed: [],
  secretInputs: [],
  secretOutputs: [],
};

export class ProjectJobTokenScope extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/projectJobTokenScope:ProjectJobTokenScope";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ProjectJobTokenScopeState,
    opts?: pulumi.CustomResourceOptions,
  ): ProjectJobTokenScope {
    return new ProjectJobTokenScope(name, state as ProjectJobTokenScopeArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is ProjectJobTokenScope {
    return hasType(value, ProjectJobTokenScope.__pulumiType);
  }

  declare readonly project: pulumi.Output<string>;
  declare readonly targetGroupId: pulumi.Output<number | undefined>;
  declare readonly targetProjectId: pulumi.Output<number | undefined>;

  constructor(name: string, args: ProjectJobTokenScopeArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: ProjectJobTokenScopeArgs | ProjectJobTokenScopeState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(ProjectJobTokenScope.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface ProjectJobTokenScopeArgs {
  project: pulumi.Input<string>;
  targetGroupId?: pulumi.Input<number>;
  targetProjectId?: pulumi.Input<number>;
}

export type ProjectJobTokenScopeState = Partial<ProjectJobTokenScopeArgs>;
