// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";
import type * as inputs from "./types/input";
import type * as outputs from "./types/output";

const facts: ResourceFacts = {
  inputs: ["assigneeId", "labels", "lists", "milestoneId", "name", "project", "weight"],
  required: ["project"],
  computed: [],
  secretInputs: [],
  secretOutputs: [],
};

export class ProjectIssueBoard extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/projectIssueBoard:ProjectIssueBoard";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ProjectIssueBoardState,
    opts?: pulumi.CustomResourceOptions,
  ): ProjectIssueBoard {
    return new ProjectIssueBoard(name, state as ProjectIssueBoardArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is ProjectIssueBoard {
    return hasType(value, ProjectIssueBoard.__pulumiType);
  }

  declare readonly assigneeId: pulumi.Output<number | undefined>;
  declare readonly labels: pulumi.Output<string[] | undefined>;
  declare readonly lists: pulumi.Output<outputs.ProjectIssueBoardList[] | undefined>;
  declare readonly milestoneId: pulumi.Output<number | undefined>;
  declare readonly name: pulumi.Output<string>;
  declare readonly project: pulumi.Output<string>;
  declare readonly weight: pulumi.Output<number | undefined>;

  constructor(name: string, args: ProjectIssueBoardArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: ProjectIssueBoardArgs | ProjectIssueBoardState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(ProjectIssueBoard.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface ProjectIssueBoardArgs {
  assigneeId?: pulumi.Input<number>;
  labels?: pulumi.Input<pulumi.Input<string>[]>;
  lists?: pulumi.Input<pulumi.Input<inputs.ProjectIssueBoardList>[]>;
  milestoneId?: pulumi.Input<number>;
  name?: pulumi.Input<string>;
  project: pulumi.Input<string>;
  weight?: pulumi.Input<number>;
}

export type ProjectIssueBoardState = Partial<ProjectIssueBoardArgs>;
