// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: ["group", "key", "value"],
  required: ["group", "key", "value"],
  computed: [],
  secretInputs: [],
  secretOutputs: [],
};

export class GroupCustomAttribute extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/groupCustomAttribute:GroupCustomAttribute";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: GroupCustomAttributeState,
    opts?: pulumi.CustomResourceOptions,
  ): GroupCustomAttribute {
    return new GroupCustomAttribute(name, state as GroupCustomAttributeArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is GroupCustomAttribute {
    return hasType(value, GroupCustomAttribute.__pulumiType);
  }

  declare readonly group: pulumi.Output<number>;
  declare readonly key: pulumi.Output<string>;
  declare readonly value: pulumi.Output<string>;

  constructor(name: string, args: GroupCustomAttributeArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: GroupCustomAttributeArgs | GroupCustomAttributeState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(GroupCustomAttribute.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface GroupCustomAttributeArgs {
  group: pulumi.Input<number>;
  key: pulumi.Input<string>;
  value: pulumi.Input<string>;
}

export type GroupCustomAttributeState = Partial<GroupCustomAttributeArgs>;
