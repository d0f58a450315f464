// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: [
    "autoStopSetting", "clusterAgentId", "description", "externalUrl", "fluxResourcePath", "kubernetesNamespace",
    "name", "project", "stopBeforeDestroy", "tier",
  ],
  required: ["project"],
  computed: ["autoStopAt", "createdAt", "slug", "state", "updatedAt"],
  secretInputs: [],
  secretOutputs: [],
};

export class ProjectEnvironment extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/projectEnvironment:ProjectEnvironment";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ProjectEnvironmentState,
    opts?: pulumi.CustomResourceOptions,
  ): ProjectEnvironment {
    return new ProjectEnvironment(name, state as ProjectEnvironmentArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is ProjectEnvironment {
    return hasType(value, ProjectEnvironment.__pulumiType);
  }

  declare readonly autoStopAt: pulumi.Output<string>;
  declare readonly autoStopSetting: pulumi.Output<string>;
  declare readonly clusterAgentId: pulumi.Output<number | undefined>;
  declare readonly createdAt: pulumi.Output<string>;
  declare readonly description: pulumi.Output<string>;
  declare readonly externalUrl: pulumi.Output<string>;
  declare readonly fluxResourcePath: pulumi.Output<string>;
  declare readonly kubernetesNamespace: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly project: pulumi.Output<string>;
  declare readonly slug: pulumi.Output<string>;
  declare readonly state: pulumi.Output<string>;
  declare readonly stopBeforeDestroy: pulumi.Output<boolean>;
  declare readonly tier: pulumi.Output<string>;
  declare readonly updatedAt: pulumi.Output<string>;

  constructor(name: string, args: ProjectEnvironmentArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: ProjectEnvironmentArgs | ProjectEnvironmentState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(ProjectEnvironment.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface ProjectEnvironmentArgs {
  autoStopSetting?: pulumi.Input<string>;
  clusterAgentId?: pulumi.Input<number>;
  description?: pulumi.Input<string>;
  externalUrl?: pulumi.Input<string>;
  fluxResourcePath?: pulumi.Input<string>;
  kubernetesNamespace?: pulumi.Input<string>;
  name?: pulumi.Input<string>;
  project: pulumi.Input<string>;
  stopBeforeDestroy?: pulumi.Input<boolean>;
  tier?: pulumi.Input<string>;
}

export interface ProjectEnvironmentState extends Partial<ProjectEnvironmentArgs> {
  autoStopAt?: pulumi.Input<string>;
  createdAt?: pulumi.Input<string>;
  slug?: pulumi.Input<string>;
  state?: pulumi.Input<string>;
  updatedAt?: pulumi.Input<string>;
}
