// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: ["description", "project"],
  required: ["description", "project"],
  computed: ["pipelineTriggerId", "token"],
  secretInputs: [],
  secretOutputs: ["token"],
};

export class PipelineTrigger extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/pipelineTrigger:PipelineTrigger";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: PipelineTriggerState,
    opts?: pulumi.CustomResourceOptions,
  ): PipelineTrigger {
    return new PipelineTrigger(name, state as PipelineTriggerArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is PipelineTrigger {
    return hasType(value, PipelineTrigger.__pulumiType);
  }

  declare readonly description: pulumi.Output<string>;
  declare readonly pipelineTriggerId: pulumi.Output<number>;
  declare readonly project: pulumi.Output<string>;
  declare readonly token: pulumi.Output<string>;

  constructor(name: string, args: PipelineTriggerArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: PipelineTriggerArgs | PipelineTriggerState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(PipelineTrigger.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface PipelineTriggerArgs {
  description: pulumi.Input<string>;
  project: pulumi.Input<string>;
}

export interface PipelineTriggerState extends Partial<PipelineTriggerArgs> {
  pipelineTriggerId?: pulumi.Input<number>;
  token?: pulumi.Input<string>;
}
