import type { Group, Project } from "../store/places";
import type { User } from "../store/people";
import type { Store } from "../store/store";

/** A group with those above it, the group itself first. */
export function lineage(store: Store, group: Group): Group[] {
  const above: Group[] = [];
  for (let next: Group | undefined = group; next !== undefined;) {
    above.push(next);
    next = next.parent_id === null ? undefined : store.groups.need(next.parent_id);
  }
  return above;
}

/** `organisation/group` */
export function groupPath(store: Store, group: Group): string {
  return lineage(store, group)
    .map(({ path }) => path)
    .reverse()
    .join("/");
}

/** Names as people read them: `Organisation / Group`. */
export function groupName(store: Store, group: Group): string {
  return lineage(store, group)
    .map(({ name }) => name)
    .reverse()
    .join(" / ");
}

/** The group that a project is in; absent when it is in a user's namespace. */
export function groupOfProject(store: Store, project: Project): Group | undefined {
  return store.groups.get(project.namespace_id);
}

/** The user in whose namespace a project is; absent when it is in a group. */
export function ownerOfNamespace(store: Store, namespaceId: number): User | undefined {
  return store.users.find((user) => user.namespace_id === namespaceId);
}

/** The path of what a project is in: `organisation/group`, `root`. */
export function namespacePath(store: Store, namespaceId: number): string {
  const group = store.groups.get(namespaceId);
  return group === undefined ? (ownerOfNamespace(store, namespaceId)?.username ?? "") : groupPath(store, group);
}

/** `organisation/group/project` */
export function projectPath(store: Store, project: Project): string {
  return `${namespacePath(store, project.namespace_id)}/${project.path}`;
}

/** The group of a full path. Paths do not depend on case. */
export function findGroup(store: Store, path: string): Group | undefined {
  const wanted = path.toLowerCase();
  return store.groups.find((group) => groupPath(store, group).toLowerCase() === wanted);
}

/** The project of a full path. */
export function findProject(store: Store, path: string): Project | undefined {
  const wanted = path.toLowerCase();
  return store.projects.find((project) => projectPath(store, project).toLowerCase() === wanted);
}

/** The project that had a full path before: it is to be reached by its new one. */
export function findMovedProject(store: Store, path: string): Project | undefined {
  const wanted = path.toLowerCase();
  const redirect = store.redirects.find((one) => one.path.toLowerCase() === wanted);
  return redirect === undefined ? undefined : store.projects.get(redirect.project_id);
}
