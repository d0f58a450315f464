import { level } from "../auth/levels";
import { groupName, groupOfProject, groupPath, ownerOfNamespace, projectPath } from "../auth/paths";
import type { GitLabContext } from "../context";
import { isRepositoryEmpty } from "../repository";
import { projectSettings, settingValues } from "../rules/settings";
import type { User } from "../store/people";
import type { Project } from "../store/places";
import { basicUserBody } from "./user";

/** The addresses of a project's repository and page. */
export function projectUrls(
  { store, url }: GitLabContext,
  project: Project,
): { readonly web: string; readonly http: string; readonly ssh: string; readonly path: string } {
  const path = projectPath(store, project);
  const { hostname } = new URL(url);
  return { web: `${url}/${path}`, http: `${url}/${path}.git`, ssh: `git@${hostname}:${path}.git`, path };
}

/** A project with its id, names and addresses alone: `simple=true`, and what callers see who have not logged in. */
export function simpleProjectBody(context: GitLabContext, project: Project): Record<string, unknown> {
  const { web, http, ssh, path } = projectUrls(context, project);
  const group = groupOfProject(context.store, project);
  const owner = ownerOfNamespace(context.store, project.namespace_id);
  const above = group === undefined ? (owner?.name ?? "") : groupName(context.store, group);
  return {
    id: project.id,
    description: project.description,
    name: project.name,
    name_with_namespace: `${above} / ${project.name}`,
    path: project.path,
    path_with_namespace: path,
    created_at: project.created_at,
    default_branch: project.default_branch,
    tag_list: project.settings["topics"] ?? [],
    topics: project.settings["topics"] ?? [],
    ssh_url_to_repo: ssh,
    http_url_to_repo: http,
    web_url: web,
    readme_url: null,
    forks_count: 0,
    avatar_url: null,
    star_count: 0,
    last_activity_at: project.last_activity_at,
    visibility: project.visibility,
    namespace: namespaceBody(context, project.namespace_id),
  };
}

/**
 * A project as its members see it.
 * @param user who asks, for `permissions`
 */
export function projectBody(context: GitLabContext, project: Project, user?: User): Record<string, unknown> {
  const api = `${context.url}/api/v4/projects/${String(project.id)}`;
  const owner = ownerOfNamespace(context.store, project.namespace_id);
  const links = ["issues", "merge_requests", "labels", "events", "members", "cluster_agents"];
  return {
    ...simpleProjectBody(context, project),
    ...settingValues(projectSettings, project.settings),
    container_registry_image_prefix: null,
    _links: {
      self: api,
      ...Object.fromEntries(links.map((name) => [name, `${api}/${name}`])),
      repo_branches: `${api}/repository/branches`,
    },
    ...(owner !== undefined && { owner: basicUserBody(context, owner) }),
    empty_repo: isRepositoryEmpty(context, project),
    archived: project.archived,
    creator_id: project.creator_id,
    updated_at: project.updated_at,
    import_status: "none",
    import_url: null,
    open_issues_count: 0,
    ci_config_path: project.ci_config_path,
    runners_token: project.runners_token,
    marked_for_deletion_at: project.marked_for_deletion_on,
    marked_for_deletion_on: project.marked_for_deletion_on,
    can_create_merge_request_in: true,
    shared_with_groups: [],
    ...(user !== undefined && { permissions: permissions(context, project, user) }),
  };
}

/** The direct membership there, and that of the group above. */
function permissions({ store }: GitLabContext, project: Project, user: User): object {
  const highest = (type: "project" | "group", id: number): object | null => {
    const member = store.members.find(
      (one) => one.source_type === type && one.source_id === id && one.user_id === user.id,
    );
    return member === undefined ? null : { access_level: member.access_level, notification_level: 3 };
  };
  const own = project.namespace_id === user.namespace_id ? { access_level: level.owner, notification_level: 3 } : null;
  return {
    project_access: highest("project", project.id) ?? own,
    group_access: highest("group", project.namespace_id),
  };
}

/** What a project or a group is in. */
export function namespaceBody({ store, url }: GitLabContext, id: number): Record<string, unknown> {
  const group = store.groups.get(id);
  if (group !== undefined) {
    const full_path = groupPath(store, group);
    const { name, path, parent_id } = group;
    return {
      id,
      name,
      path,
      kind: "group",
      full_path,
      parent_id,
      avatar_url: null,
      web_url: `${url}/groups/${full_path}`,
    };
  }
  const { name = "", username = "" } = ownerOfNamespace(store, id) ?? {};
  return {
    id,
    name,
    path: username,
    kind: "user",
    full_path: username,
    parent_id: null,
    avatar_url: null,
    web_url: `${url}/${username}`,
  };
}
