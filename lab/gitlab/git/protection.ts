import { membersOfGroup } from "../auth/access";
import { pushesCode } from "../auth/authorize-code";
import { level } from "../auth/levels";
import type { GitLabContext } from "../context";
import type { User } from "../store/people";
import type { Project } from "../store/places";
import type { AccessEntry, ProtectedBranch, ProtectedTag } from "../store/protection";

/** Whether a name is meant by a rule's: the same, or with `*` for any text, slashes included. */
export function matchesRule(rule: string, name: string): boolean {
  const pattern = rule.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".*")}$`, "s").test(name);
}

export interface BranchRights {
  readonly protected: boolean;
  readonly developersPush: boolean;
  readonly developersMerge: boolean;
}

/** What the rules of a project say of a branch; of several rules, what any of them allows is allowed. */
export function branchRights(context: GitLabContext, project: Project, branch: string): BranchRights {
  const rules = branchRules(context, project, branch);
  const developers = ({ access_level }: AccessEntry): boolean => access_level === level.developer;
  return {
    protected: rules.length > 0,
    developersPush: rules.some((rule) => rule.push_access_levels.some(developers)),
    developersMerge: rules.some((rule) => rule.merge_access_levels.some(developers)),
  };
}

/** @param role the user's in the project */
export function mayPush(context: GitLabContext, project: Project, user: User, role: number, branch: string): boolean {
  if (!pushesCode(project, role)) return false;
  const rules = branchRules(context, project, branch);
  return rules.length === 0 || rules.some((rule) => isAllowed(context, rule.push_access_levels, user, role));
}

/** Whoever may push to a branch may merge into it too. */
export function mayMerge(context: GitLabContext, project: Project, user: User, role: number, branch: string): boolean {
  if (mayPush(context, project, user, role, branch)) return true;
  if (!pushesCode(project, role)) return false;
  const rules = branchRules(context, project, branch);
  return rules.some((rule) => isAllowed(context, rule.merge_access_levels, user, role));
}

export function isProtectedTag({ store }: GitLabContext, project: Project, tag: string): boolean {
  return (
    store.protectedTags.find((rule) => rule.project_id === project.id && matchesRule(rule.name, tag)) !== undefined
  );
}

export function mayCreateTag(context: GitLabContext, project: Project, user: User, role: number, tag: string): boolean {
  if (!pushesCode(project, role)) return false;
  const rules = tagRules(context, project).filter(({ name }) => matchesRule(name, tag));
  return rules.length === 0 || rules.some((rule) => isAllowed(context, rule.create_access_levels, user, role));
}

/** The rules of a project as its hooks read them. */
export function rulesForHooks(
  context: GitLabContext,
  project: Project,
  user: User,
  role: number,
): { readonly branches: string; readonly tags: string } {
  const may = (entries: readonly AccessEntry[]): string => (isAllowed(context, entries, user, role) ? "yes" : "no");
  const branches = context.store.protectedBranches
    .where(({ project_id }) => project_id === project.id)
    .map(({ name, push_access_levels, allow_force_push }) => {
      return `${name} ${may(push_access_levels)} ${allow_force_push ? "yes" : "no"}`;
    });
  const tags = tagRules(context, project).map(
    ({ name, create_access_levels }) => `${name} ${may(create_access_levels)}`,
  );
  return { branches: branches.join("\n"), tags: tags.join("\n") };
}

function branchRules({ store }: GitLabContext, project: Project, branch: string): ProtectedBranch[] {
  return store.protectedBranches.where((rule) => rule.project_id === project.id && matchesRule(rule.name, branch));
}

function tagRules({ store }: GitLabContext, project: Project): ProtectedTag[] {
  return store.protectedTags.where((rule) => rule.project_id === project.id);
}

function isAllowed(context: GitLabContext, entries: readonly AccessEntry[], user: User, role: number): boolean {
  return entries.some((entry) => {
    if (entry.user_id !== null) return entry.user_id === user.id;
    if (entry.group_id !== null) {
      const group = context.store.groups.get(entry.group_id);
      return group !== undefined && membersOfGroup(context, group).some(({ user_id }) => user_id === user.id);
    }
    const needed = entry.access_level ?? 0;
    // 0 is for nobody, 60 for administrators.
    return needed === 60 ? user.admin : needed > 0 && role >= needed;
  });
}

/** Protects the default branch of a project as soon as it is there, as GitLab does: maintainers push and merge. */
export function protectDefaultBranch({ store }: GitLabContext, project: Project): void {
  const isProtected = store.protectedBranches.find(
    (rule) => rule.project_id === project.id && matchesRule(rule.name, project.default_branch),
  );
  if (isProtected !== undefined) return;
  const maintainers = (): AccessEntry[] => [
    { id: store.protectedBranches.reserveId(), access_level: level.maintainer, user_id: null, group_id: null },
  ];
  store.protectedBranches.insert({
    project_id: project.id,
    name: project.default_branch,
    push_access_levels: maintainers(),
    merge_access_levels: maintainers(),
    unprotect_access_levels: [],
    allow_force_push: false,
    code_owner_approval_required: false,
  });
}
