// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: [
    "description", "environmentScope", "hidden", "key", "masked", "project", "protected", "raw", "value",
    "variableType",
  ],
  required: ["key", "project", "value"],
  computed: [],
  secretInputs: [],
  secretOutputs: [],
};

export class ProjectVariable extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/projectVariable:ProjectVariable";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ProjectVariableState,
    opts?: pulumi.CustomResourceOptions,
  ): ProjectVariable {
    return new ProjectVariable(name, state as ProjectVariableArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is ProjectVariable {
    return hasType(value, ProjectVariable.__pulumiType);
  }

  declare readonly description: pulumi.Output<string>;
  declare readonly environmentScope: pulumi.Output<string>;
  declare readonly hidden: pulumi.Output<boolean>;
  declare readonly key: pulumi.Output<string>;
  declare readonly masked: pulumi.Output<boolean>;
  declare readonly project: pulumi.Output<string>;
  declare readonly protected: pulumi.Output<boolean>;
  declare readonly raw: pulumi.Output<boolean>;
  declare readonly value: pulumi.Output<string>;
  declare readonly variableType: pulumi.Output<string>;

  constructor(name: string, args: ProjectVariableArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: ProjectVariableArgs | ProjectVariableState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(ProjectVariable.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface ProjectVariableArgs {
  description?: pulumi.Input<string>;
  environmentScope?: pulumi.Input<string>;
  hidden?: pulumi.Input<boolean>;
  key: pulumi.Input<string>;
  masked?: pulumi.Input<boolean>;
  project: pulumi.Input<string>;
  protected?: pulumi.Input<boolean>;
  raw?: pulumi.Input<boolean>;
  value: pulumi.Input<string>;
  variableType?: pulumi.Input<string>;
}

export type ProjectVariableState = Partial<ProjectVariableArgs>;
