import { groupOfProject, lineage } from "../auth/paths";
import type { GitLabContext } from "../context";
import { branchRights, isProtectedTag } from "../git/protection";
import type { Project } from "../store/places";
import type { DeclaredVariable } from "./variables";

/** The variables that count for a project: those of its groups from the top, then its own. */
export function declaredVariables({ store }: GitLabContext, project: Project): (readonly DeclaredVariable[])[] {
  const group = groupOfProject(store, project);
  const groups = group === undefined ? [] : lineage(store, group).reverse();
  const of = (type: string, id: number): DeclaredVariable[] => {
    return store.variables.where(({ source_type, source_id }) => source_type === type && source_id === id);
  };
  return [...groups.map(({ id }) => of("group", id)), of("project", project.id)];
}

/** Whether a branch or tag is protected, by name or by pattern. */
export function isProtectedRef(context: GitLabContext, project: Project, name: string, tag: boolean): boolean {
  return tag ? isProtectedTag(context, project, name) : branchRights(context, project, name).protected;
}
