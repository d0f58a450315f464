import { groupPath, lineage, projectPath } from "../auth/paths";
import { day, timestamp, type GitLabContext } from "../context";
import { invalid } from "../http/errors";
import { removeProjectRepository } from "../repository";
import type { Group, Project } from "../store/places";
import { isFaulty, groupFaults, keepRedirects, projectFaults } from "./names";

/** GitLab's retention period, in days: what is marked for deletion is removed after it. */
const retention = 30;

/** Projects in a group and in those below it. */
export function projectsBelow({ store }: Pick<GitLabContext, "store">, group: Group): Project[] {
  return store.projects.where((project) => {
    const above = store.groups.get(project.namespace_id);
    return above !== undefined && lineage(store, above).some(({ id }) => id === group.id);
  });
}

/** Groups below a group, itself left out. */
export function groupsBelow({ store }: Pick<GitLabContext, "store">, group: Group): Group[] {
  return store.groups.where((one) => one.id !== group.id && lineage(store, one).some(({ id }) => id === group.id));
}

/** Marks a project, and gives it a name and a path that free the ones it had. */
export function scheduleProject(context: GitLabContext, project: Project): void {
  if (project.marked_for_deletion_on !== null) throw invalid("Project has been already marked for deletion");
  keepRedirects(context.store, [project]);
  context.store.projects.update(project.id, {
    ...renamed(project),
    archived: true,
    marked_for_deletion_on: day(context),
    updated_at: timestamp(context),
  });
}

export function scheduleGroup(context: GitLabContext, group: Group): void {
  if (group.marked_for_deletion_on !== null) throw invalid("Group has been already marked for deletion");
  keepRedirects(context.store, projectsBelow(context, group));
  context.store.groups.update(group.id, { ...renamed(group), marked_for_deletion_on: day(context) });
}

function renamed({ id, name, path }: Project | Group): Pick<Project, "name" | "path" | "before_deletion"> {
  const suffix = `-deletion_scheduled-${String(id)}`;
  return { name: name + suffix, path: path + suffix, before_deletion: { name, path } };
}

/** Takes the mark away again. The old path has to be free still. */
export function restoreProject({ store }: GitLabContext, project: Project): Project {
  const { before_deletion } = project;
  if (before_deletion === null) throw invalid("Project has not been marked for deletion");
  const { namespace_id: parent, id } = project;
  const faults = projectFaults(store, { ...before_deletion, parent, id });
  const names = isFaulty(faults) ? {} : before_deletion;
  const mark = { archived: false, marked_for_deletion_on: null, before_deletion: null };
  return store.projects.update(id, { ...names, ...mark });
}

export function restoreGroup({ store }: GitLabContext, group: Group): Group {
  const { before_deletion } = group;
  if (before_deletion === null) throw invalid("Group has not been marked for deletion");
  const faults = groupFaults(store, { ...before_deletion, parent: group.parent_id, id: group.id });
  const names = isFaulty(faults) ? {} : before_deletion;
  return store.groups.update(group.id, { ...names, marked_for_deletion_on: null, before_deletion: null });
}

/** Removes for good what is marked already. @param fullPath what the caller has written to confirm it */
export function removeMarkedProject(context: GitLabContext, project: Project, fullPath: string | undefined): void {
  if (project.marked_for_deletion_on === null) throw invalid("Project must be marked for deletion first.");
  if (fullPath !== projectPath(context.store, project)) {
    throw invalid("`full_path` is incorrect. You must enter the complete path for the project.");
  }
  removeProject(context, project);
}

export function removeMarkedGroup(context: GitLabContext, group: Group, fullPath: string | undefined): void {
  if (group.parent_id === null) throw invalid("`permanently_remove` option is only available for subgroups.");
  if (group.marked_for_deletion_on === null) throw invalid("Group must be marked for deletion first.");
  if (fullPath !== groupPath(context.store, group)) {
    throw invalid("`full_path` is incorrect. You must enter the complete path for the subgroup.");
  }
  removeGroup(context, group);
}

/** Removes what has been marked for the whole retention period. */
export function removeOverdue(context: GitLabContext): void {
  const limit = day(context, -retention);
  const isOverdue = ({ marked_for_deletion_on: marked }: Group | Project): boolean =>
    marked !== null && marked <= limit;
  for (const project of context.store.projects.where(isOverdue)) removeProject(context, project);
  for (const { id } of context.store.groups.where(isOverdue)) {
    const group = context.store.groups.get(id);
    if (group !== undefined) removeGroup(context, group);
  }
}

function removeProject(context: GitLabContext, { id }: Project): void {
  const { store } = context;
  store.members.removeWhere((one) => one.source_type === "project" && one.source_id === id);
  store.redirects.removeWhere(({ project_id }) => project_id === id);
  store.projects.remove(id);
  removeProjectRepository(context, { id });
  context.events.emit("project removed", { project_id: id });
}

function removeGroup(context: GitLabContext, group: Group): void {
  const { store } = context;
  for (const project of projectsBelow(context, group)) removeProject(context, project);
  for (const { id } of [...groupsBelow(context, group), group]) {
    store.members.removeWhere((one) => one.source_type === "group" && one.source_id === id);
    store.groups.remove(id);
    context.events.emit("group removed", { group_id: id });
  }
}
