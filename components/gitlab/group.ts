import { Group } from "@pulumi/gitlab";
import * as pulumi from "@pulumi/pulumi";
import type { GitLab, GitLabGroup } from "../../model/gitlab";
import { refusal } from "../refusal";
import { adoption } from "./adoption";

/** What is the same for all groups and repositories. */
export type GitLabSettings = Pick<GitLab, "visibility" | "permanently">;

export interface GroupArgs {
  readonly group: GitLabGroup;
  readonly settings: GitLabSettings;
  /** The id of the group that it lies in. @default none: the top level */
  readonly parentId?: pulumi.Input<number>;
  readonly description?: string;
}

/**
 * A group in which maintainers may make repositories, and only owners groups: Cloud π's levels. GitLab removes groups
 * of the top level only after some days, whatever it is told.
 */
export function declareGroup(name: string, args: GroupArgs, opts: pulumi.CustomResourceOptions): Group {
  const { group, settings, parentId, description } = args;
  return new Group(
    name,
    {
      name: group.name,
      path: group.path.slice(group.path.lastIndexOf("/") + 1),
      ...(parentId !== undefined && { parentId }),
      ...(description !== undefined && { description }),
      visibilityLevel: settings.visibility,
      projectCreationLevel: "maintainer",
      subgroupCreationLevel: "owner",
      ...(settings.permanently && parentId !== undefined && { permanentlyRemoveOnDelete: true }),
    },
    pulumi.mergeOptions(opts, adoption(group)),
  );
}

/** The numeric id of a group, which must be where the model has it: URLs are made from that. */
export function groupId(group: Group, { path }: GitLabGroup): pulumi.Output<number> {
  return pulumi.all([group.id, group.fullPath]).apply(([id, fullPath]: [string, string | undefined]) => {
    if (fullPath !== undefined && fullPath !== path) throw refusal([elsewhere(fullPath, path)]);
    return Number(id);
  });
}

function elsewhere(found: string, expected: string) {
  return {
    severity: "error" as const,
    file: `Pulumi.${pulumi.getStack()}.yaml`,
    path: "gitlab.parentGroup",
    value: found,
    message: "the group is not where its URL says: the parent group's path and id are not of the same group",
    allowed: expected,
    fix: "correct path or id; the group's page on GitLab shows both",
  };
}
