import { timestamp, type GitLabContext } from "../context";
import { invalid } from "../http/errors";
import { createProjectRepository, hasBranch, isRepositoryEmpty, setHead } from "../repository";
import { newToken } from "../auth/token-text";
import { projectPath } from "../auth/paths";
import { level } from "../auth/levels";
import type { User } from "../store/people";
import type { Project, Visibility } from "../store/places";
import { writeReadme } from "./first-commit";
import { dropRedirects, isFaulty, keepRedirects, projectFaults, slugOf } from "./names";
import { visibilityFaults } from "./visibility";

/** What a request may say of a project. */
interface Wanted {
  readonly name?: string | undefined;
  readonly path?: string | undefined;
  readonly description?: string | null | undefined;
  readonly visibility?: Visibility | undefined;
  readonly default_branch?: string | undefined;
  readonly ci_config_path?: string | null | undefined;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Makes a project with its repository, and with a README on its default branch where that is asked for. */
export async function createProject(
  context: GitLabContext,
  user: User,
  wanted: Wanted & { readonly namespace_id: number; readonly initialize_with_readme?: boolean | undefined },
): Promise<Project> {
  const { store } = context;
  const { namespace_id, default_branch = defaultBranchOf(context, namespace_id) } = wanted;
  const name = wanted.name ?? wanted.path ?? "";
  const path = wanted.path ?? slugOf(name);
  const faults = projectFaults(store, { name, path, parent: namespace_id });
  const group = store.groups.get(namespace_id);
  const visibility = wanted.visibility ?? "private";
  Object.assign(faults, visibilityFaults(visibility, group?.visibility, "project"));
  if (isFaulty(faults)) throw invalid(faults);
  const now = timestamp(context);
  const project = store.projects.insert({
    name,
    path,
    namespace_id,
    creator_id: user.id,
    description: wanted.description ?? null,
    visibility,
    archived: false,
    default_branch,
    ci_config_path: wanted.ci_config_path ?? null,
    created_at: now,
    updated_at: now,
    last_activity_at: now,
    marked_for_deletion_on: null,
    before_deletion: null,
    runners_token: newToken("runner"),
    settings: wanted.settings,
  });
  dropRedirects(store, projectPath(store, project));
  if (group === undefined) {
    store.members.insert({
      source_type: "project",
      source_id: project.id,
      user_id: user.id,
      access_level: level.owner,
      expires_at: null,
      created_at: now,
      created_by_id: user.id,
    });
  }
  await createProjectRepository(context, project);
  setHead(context, project, default_branch);
  if (wanted.initialize_with_readme === true) await writeReadme(context, project, user);
  return project;
}

/** Changes what is given and leaves the rest. */
export function changeProject(context: GitLabContext, project: Project, wanted: Wanted): Project {
  const { store } = context;
  const { id, namespace_id: parent } = project;
  const names = { name: wanted.name ?? project.name, path: wanted.path ?? project.path };
  const faults = projectFaults(store, { ...names, parent, id });
  const above = store.groups.get(parent)?.visibility;
  Object.assign(faults, visibilityFaults(wanted.visibility ?? project.visibility, above, "project"));
  if (isFaulty(faults)) throw invalid(faults);
  const { default_branch: branch } = wanted;
  if (branch !== undefined && branch !== project.default_branch) {
    if (!isRepositoryEmpty(context, project) && !hasBranch(context, project, branch)) {
      throw invalid({ base: [`Could not change HEAD: branch '${branch}' does not exist`] });
    }
    setHead(context, project, branch);
  }
  if (names.path !== project.path) {
    keepRedirects(store, [project]);
    dropRedirects(store, projectPath(store, { ...project, ...names }));
  }
  return store.projects.update(id, {
    ...names,
    description: wanted.description,
    visibility: wanted.visibility,
    default_branch: branch,
    ci_config_path: wanted.ci_config_path,
    settings: { ...project.settings, ...wanted.settings },
    updated_at: timestamp(context),
  });
}

/** `main`, unless a group above says otherwise. */
function defaultBranchOf({ store }: GitLabContext, namespaceId: number): string {
  const setting = store.groups.get(namespaceId)?.settings["default_branch"];
  return typeof setting === "string" && setting !== "" ? setting : "main";
}
