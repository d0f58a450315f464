// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";
import type * as inputs from "./types/input";
import type * as outputs from "./types/output";

const facts: ResourceFacts = {
  inputs: ["active", "cron", "cronTimezone", "description", "inputs", "project", "ref", "takeOwnership"],
  required: ["cron", "description", "project", "ref"],
  computed: ["owner", "pipelineScheduleId"],
  secretInputs: [],
  secretOutputs: [],
};

export class PipelineSchedule extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/pipelineSchedule:PipelineSchedule";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: PipelineScheduleState,
    opts?: pulumi.CustomResourceOptions,
  ): PipelineSchedule {
    return new PipelineSchedule(name, state as PipelineScheduleArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is PipelineSchedule {
    return hasType(value, PipelineSchedule.__pulumiType);
  }

  declare readonly active: pulumi.Output<boolean>;
  declare readonly cron: pulumi.Output<string>;
  declare readonly cronTimezone: pulumi.Output<string>;
  declare readonly description: pulumi.Output<string>;
  declare readonly inputs: pulumi.Output<outputs.PipelineScheduleInput[] | undefined>;
  declare readonly owner: pulumi.Output<number>;
  declare readonly pipelineScheduleId: pulumi.Output<number>;
  declare readonly project: pulumi.Output<string>;
  declare readonly ref: pulumi.Output<string>;
  declare readonly takeOwnership: pulumi.Output<boolean>;

  constructor(name: string, args: PipelineScheduleArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: PipelineScheduleArgs | PipelineScheduleState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(PipelineSchedule.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface PipelineScheduleArgs {
  active?: pulumi.Input<boolean>;
  cron: pulumi.Input<string>;
  cronTimezone?: pulumi.Input<string>;
  description: pulumi.Input<string>;
  inputs?: pulumi.Input<pulumi.Input<inputs.PipelineScheduleInput>[]>;
  project: pulumi.Input<string>;
  ref: pulumi.Input<string>;
  takeOwnership?: pulumi.Input<boolean>;
}

export interface PipelineScheduleState extends Partial<PipelineScheduleArgs> {
  owner?: pulumi.Input<number>;
  pipelineScheduleId?: pulumi.Input<number>;
}
