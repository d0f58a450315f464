import { groupName, groupPath } from "../auth/paths";
import type { GitLabContext } from "../context";
import { groupSettings, settingValues } from "../rules/settings";
import type { Group } from "../store/places";

/** A group as lists tell it. */
export function groupBody({ store, url }: GitLabContext, group: Group): Record<string, unknown> {
  const full_path = groupPath(store, group);
  return {
    id: group.id,
    web_url: `${url}/groups/${full_path}`,
    name: group.name,
    path: group.path,
    description: group.description,
    visibility: group.visibility,
    ...settingValues(groupSettings, group.settings),
    avatar_url: null,
    full_name: groupName(store, group),
    full_path,
    created_at: group.created_at,
    parent_id: group.parent_id,
    organization_id: 1,
    marked_for_deletion_on: group.marked_for_deletion_on,
  };
}

/** A group by itself. @param projects its own ones, as they are told */
export function groupDetailBody(
  context: GitLabContext,
  group: Group,
  projects: readonly object[] = [],
): Record<string, unknown> {
  return {
    ...groupBody(context, group),
    shared_with_groups: [],
    prevent_sharing_groups_outside_hierarchy: false,
    enabled_git_access_protocol: "all",
    projects,
    shared_projects: [],
  };
}
