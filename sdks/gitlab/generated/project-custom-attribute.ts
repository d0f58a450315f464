// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: ["key", "project", "value"],
  required: ["key", "project", "value"],
  computed: [],
  secretInputs: [],
  secretOutputs: [],
};

export class ProjectCustomAttribute extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/projectCustomAttribute:ProjectCustomAttribute";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ProjectCustomAttributeState,
    opts?: pulumi.CustomResourceOptions,
  ): ProjectCustomAttribute {
    return new ProjectCustomAttribute(name, state as ProjectCustomAttributeArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is ProjectCustomAttribute {
    return hasType(value, ProjectCustomAttribute.__pulumiType);
  }

  declare readonly key: pulumi.Output<string>;
  declare readonly project: pulumi.Output<number>;
  declare readonly value: pulumi.Output<string>;

  constructor(name: string, args: ProjectCustomAttributeArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: ProjectCustomAttributeArgs | ProjectCustomAttributeState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(ProjectCustomAttribute.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface ProjectCustomAttributeArgs {
  key: pulumi.Input<string>;
  project: pulumi.Input<number>;
  value: pulumi.Input<string>;
}

export type ProjectCustomAttributeState = Partial<ProjectCustomAttributeArgs>;
