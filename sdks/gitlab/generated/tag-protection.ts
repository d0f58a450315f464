// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";
import type * as inputs from "./types/input";
import type * as outputs from "./types/output";

const facts: ResourceFacts = {
  inputs: ["allowedToCreates", "createAccessLevel", "project", "tag"],
  required: ["project", "tag"],
  computed: [],
  secretInputs: [],
  secretOutputs: [],
};

export class TagProtection extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/tagProtection:TagProtection";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: TagProtectionState,
    opts?: pulumi.CustomResourceOptions,
  ): TagProtection {
    return new TagProtection(name, state as TagProtectionArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is TagProtection {
    return hasType(value, TagProtection.__pulumiType);
  }

  declare readonly allowedToCreates: pulumi.Output<outputs.TagProtectionAllowedToCreate[] | undefined>;
  declare readonly createAccessLevel: pulumi.Output<string>;
  declare readonly project: pulumi.Output<string>;
  declare readonly tag: pulumi.Output<string>;

  constructor(name: string, args: TagProtectionArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: TagProtectionArgs | TagProtectionState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(TagProtection.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface TagProtectionArgs {
  allowedToCreates?: pulumi.Input<pulumi.Input<inputs.TagProtectionAllowedToCreate>[]>;
  createAccessLevel?: pulumi.Input<string>;
  project: pulumi.Input<string>;
  tag: pulumi.Input<string>;
}

export type TagProtectionState = Partial<TagProtectionArgs>;
