import { GroupCustomAttribute, GroupMembership } from "@pulumi/gitlab";
import * as pulumi from "@pulumi/pulumi";
import type { GitLab, GitLabProject } from "../../model/gitlab";
import type { MirrorFile } from "../../mirror";
import { shownInputs } from "../shown-inputs";
import { declareGroup, groupId } from "./group";
import { Mirror } from "./mirror";
import { formerFirst } from "./replacement";
import { Repository } from "./repository";

export interface ProjectGroupArgs {
  readonly project: GitLabProject;
  readonly gitlab: GitLab;
  /** The id of the organisation's group. */
  readonly parentId: pulumi.Input<number>;
  readonly mirrorFiles: readonly MirrorFile[];
  /** Whether Pulumi refuses to delete the group and its repositories. @default false */
  readonly protect?: boolean;
}

/** A project has a group with its members, its repositories and what copies the external ones. */
export class ProjectGroup extends pulumi.ComponentResource {
  /** The group's id. */
  readonly groupId: pulumi.Output<number>;
  /** By name. */
  readonly repositories: ReadonlyMap<string, Repository>;
  /** Absent where nothing is copied. */
  readonly mirror?: Mirror;

  constructor(name: string, args: ProjectGroupArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const { project, gitlab, parentId, mirrorFiles, protect = false } = args;
    const { group, members, attributes } = project;
    super("factory:gitlab:ProjectGroup", name, shownInputs({ group, members, attributes, protect }), opts);
    const { description } = project;
    const declared = declareGroup(
      `${name}-group`,
      { group, settings: gitlab, parentId, ...(description !== undefined && { description }) },
      { parent: this, protect },
    );
    this.groupId = groupId(declared, group);
    // Where deleting the group is refused, what is in it must not be taken for deleted.
    const inGroup = { parent: this, ...(!protect && { deletedWith: declared }) };
    const unique = { ...inGroup, ...formerFirst };
    for (const { user, id, accessLevel } of members) {
      new GroupMembership(`${name}-member-${user}`, { groupId: this.groupId, userId: id, accessLevel }, unique);
    }
    for (const [key, value] of Object.entries(attributes)) {
      new GroupCustomAttribute(`${name}-attribute-${key}`, { group: this.groupId, key, value }, unique);
    }
    this.repositories = new Map(
      project.repositories.map((repository) => [
        repository.name,
        new Repository(
          `${name}/${repository.name}`,
          { repository, settings: gitlab, groupId: this.groupId, protect },
          { parent: this },
        ),
      ]),
    );
    if (project.mirror) {
      this.mirror = new Mirror(
        `${name}/mirror`,
        {
          mirror: project.mirror,
          repositories: project.repositories,
          settings: gitlab,
          files: mirrorFiles,
          groupId: this.groupId,
          protect,
        },
        { parent: this, dependsOn: [...this.repositories.values()].flatMap(({ ready }) => ready) },
      );
    }
    this.registerOutputs({ groupId: this.groupId });
  }
}
