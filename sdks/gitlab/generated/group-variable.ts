// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: [
    "description", "environmentScope", "group", "hidden", "key", "masked", "protected", "raw", "value", "variableType",
  ],
  required: ["group", "key", "value"],
  computed: [],
  secretInputs: [],
  secretOutputs: [],
};

export class GroupVariable extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/groupVariable:GroupVariable";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: GroupVariableState,
    opts?: pulumi.CustomResourceOptions,
  ): GroupVariable {
    return new GroupVariable(name, state as GroupVariableArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is GroupVariable {
    return hasType(value, GroupVariable.__pulumiType);
  }

  declare readonly description: pulumi.Output<string>;
  declare readonly environmentScope: pulumi.Output<string>;
  declare readonly group: pulumi.Output<string>;
  declare readonly hidden: pulumi.Output<boolean>;
  declare readonly key: pulumi.Output<string>;
  declare readonly masked: pulumi.Output<boolean>;
  declare readonly protected: pulumi.Output<boolean>;
  declare readonly raw: pulumi.Output<boolean>;
  declare readonly value: pulumi.Output<string>;
  declare readonly variableType: pulumi.Output<string>;

  constructor(name: string, args: GroupVariableArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: GroupVariableArgs | GroupVariableState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(GroupVariable.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface GroupVariableArgs {
  description?: pulumi.Input<string>;
  environmentScope?: pulumi.Input<string>;
  group: pulumi.Input<string>;
  hidden?: pulumi.Input<boolean>;
  key: pulumi.Input<string>;
  masked?: pulumi.Input<boolean>;
  protected?: pulumi.Input<boolean>;
  raw?: pulumi.Input<boolean>;
  value: pulumi.Input<string>;
  variableType?: pulumi.Input<string>;
}

export type GroupVariableState = Partial<GroupVariableArgs>;
