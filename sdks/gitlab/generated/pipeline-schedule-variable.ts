// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: ["key", "pipelineScheduleId", "project", "value", "variableType"],
  required: ["key", "pipelineScheduleId", "project", "value"],
  computed: [],
  secretInputs: [],
  secretOutputs: [],
};

export class PipelineScheduleVariable extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/pipelineScheduleVariable:PipelineScheduleVariable";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: PipelineScheduleVariableState,
    opts?: pulumi.CustomResourceOptions,
  ): PipelineScheduleVariable {
    return new PipelineScheduleVariable(name, state as PipelineScheduleVariableArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is PipelineScheduleVariable {
    return hasType(value, PipelineScheduleVariable.__pulumiType);
  }

  declare readonly key: pulumi.Output<string>;
  declare readonly pipelineScheduleId: pulumi.Output<number>;
  declare readonly project: pulumi.Output<string>;
  declare readonly value: pulumi.Output<string>;
  declare readonly variableType: pulumi.Output<string>;

  constructor(name: string, args: PipelineScheduleVariableArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: PipelineScheduleVariableArgs | PipelineScheduleVariableState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(PipelineScheduleVariable.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface PipelineScheduleVariableArgs {
  key: pulumi.Input<string>;
  pipelineScheduleId: pulumi.Input<number>;
  project: pulumi.Input<string>;
  value: pulumi.Input<string>;
  variableType?: pulumi.Input<string>;
}

export type PipelineScheduleVariableState = Partial<PipelineScheduleVariableArgs>;
