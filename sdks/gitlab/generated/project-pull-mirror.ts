// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: [
    "authPassword", "authUser", "enabled", "mirrorBranchRegex", "mirrorOverwritesDivergedBranches",
    "mirrorTriggerBuilds", "onlyMirrorProtectedBranches", "project", "url",
  ],
  required: ["project", "url"],
  computed: [
    "lastError", "lastSuccessfulUpdateAt", "lastUpdateAt", "lastUpdateStartedAt", "mirrorId", "updateStatus",
  ],
  secretInputs: ["authPassword", "url"],
  secretOutputs: ["authPassword", "url"],
};

export class ProjectPullMirror extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/projectPullMirror:ProjectPullMirror";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ProjectPullMirrorState,
    opts?: pulumi.CustomResourceOptions,
  ): ProjectPullMirror {
    return new ProjectPullMirror(name, state as ProjectPullMirrorArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is ProjectPullMirror {
    return hasType(value, ProjectPullMirror.__pulumiType);
  }

  declare readonly authPassword: pulumi.Output<string | undefined>;
  declare readonly authUser: pulumi.Output<string | undefined>;
  declare readonly enabled: pulumi.Output<boolean>;
  declare readonly lastError: pulumi.Output<string>;
  declare readonly lastSuccessfulUpdateAt: pulumi.Output<string>;
  declare readonly lastUpdateAt: pulumi.Output<string>;
  declare readonly lastUpdateStartedAt: pulumi.Output<string>;
  declare readonly mirrorBranchRegex: pulumi.Output<string>;
  declare readonly mirrorId: pulumi.Output<number>;
  declare readonly mirrorOverwritesDivergedBranches: pulumi.Output<boolean>;
  declare readonly mirrorTriggerBuilds: pulumi.Output<boolean>;
  declare readonly onlyMirrorProtectedBranches: pulumi.Output<boolean>;
  declare readonly project: pulumi.Output<string>;
  declare readonly updateStatus: pulumi.Output<string>;
  declare readonly url: pulumi.Output<string>;

  constructor(name: string, args: ProjectPullMirrorArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: ProjectPullMirrorArgs | ProjectPullMirrorState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(ProjectPullMirror.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface ProjectPullMirrorArgs {
  authPassword?: pulumi.Input<string>;
  authUser?: pulumi.Input<string>;
  enabled?: pulumi.Input<boolean>;
  mirrorBranchRegex?: pulumi.Input<string>;
  mirrorOverwritesDivergedBranches?: pulumi.Input<boolean>;
  mirrorTriggerBuilds?: pulumi.Input<boolean>;
  onlyMirrorProtectedBranches?: pulumi.Input<boolean>;
  project: pulumi.Input<string>;
  url: pulumi.Input<string>;
}

export interface ProjectPullMirrorState extends Partial<ProjectPullMirrorArgs> {
  lastError?: pulumi.Input<string>;
  lastSuccessfulUpdateAt?: pulumi.Input<string>;
  lastUpdateAt?: pulumi.Input<string>;
  lastUpdateStartedAt?: pulumi.Input<string>;
  mirrorId?: pulumi.Input<number>;
  updateStatus?: pulumi.Input<string>;
}
