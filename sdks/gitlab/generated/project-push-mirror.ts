// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: [
    "authMethod", "enabled", "hostKeys", "keepDivergentRefs", "mirrorBranchRegex", "onlyProtectedBranches", "project",
    "url",
  ],
  required: ["project", "url"],
  computed: ["mirrorId"],
  secretInputs: ["url"],
  secretOutputs: ["url"],
};

export class ProjectPushMirror extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/projectPushMirror:ProjectPushMirror";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ProjectPushMirrorState,
    opts?: pulumi.CustomResourceOptions,
  ): ProjectPushMirror {
    return new ProjectPushMirror(name, state as ProjectPushMirrorArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is ProjectPushMirror {
    return hasType(value, ProjectPushMirror.__pulumiType);
  }

  declare readonly authMethod: pulumi.Output<string>;
  declare readonly enabled: pulumi.Output<boolean>;
  declare readonly hostKeys: pulumi.Output<string[] | undefined>;
  declare readonly keepDivergentRefs: pulumi.Output<boolean>;
  declare readonly mirrorBranchRegex: pulumi.Output<string>;
  declare readonly mirrorId: pulumi.Output<number>;
  declare readonly onlyProtectedBranches: pulumi.Output<boolean>;
  declare readonly project: pulumi.Output<string>;
  declare readonly url: pulumi.Output<string>;

  constructor(name: string, args: ProjectPushMirrorArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: ProjectPushMirrorArgs | ProjectPushMirrorState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(ProjectPushMirror.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface ProjectPushMirrorArgs {
  authMethod?: pulumi.Input<string>;
  enabled?: pulumi.Input<boolean>;
  hostKeys?: pulumi.Input<pulumi.Input<string>[]>;
  keepDivergentRefs?: pulumi.Input<boolean>;
  mirrorBranchRegex?: pulumi.Input<string>;
  onlyProtectedBranches?: pulumi.Input<boolean>;
  project: pulumi.Input<string>;
  url: pulumi.Input<string>;
}

export interface ProjectPushMirrorState extends Partial<ProjectPushMirrorArgs> {
  mirrorId?: pulumi.Input<number>;
}
