import { gitEnvironment } from "../../git/repositories";
import { commitsOf } from "../../git/webhooks/commits";
import { noCommit, pushEvent } from "../../git/webhooks/push-event";
import { projectUrls } from "../bodies/project";
import { namespacePath } from "../auth/paths";
import type { GitLabContext } from "../context";
import type { Push } from "../events";
import { projectRepository } from "../repository";
import type { User } from "../store/people";
import type { Project } from "../store/places";
import type { HookMessage } from "./hook-delivery";

/** What hooks are told of a push. */
export function pushMessage(context: GitLabContext, project: Project, push: Push): HookMessage {
  const user = context.store.users.get(push.user_id);
  const repository = { cwd: projectRepository(context, project), env: gitEnvironment(context.files) };
  const { web, ssh, path } = projectUrls(context, project);
  const pushed = { path, defaultBranch: project.default_branch, user: user?.username ?? "", webUrl: web, sshUrl: ssh };
  const { event: header, body } = pushEvent(push, pushed, commitsOf(push, repository));
  const isTag = push.ref.startsWith("refs/tags/");
  return {
    event: isTag ? "tag_push_events" : "push_events",
    header,
    body: { ...body, ...userFields(user), ...projectFields(context, project, body.project) },
    ...(!isTag && { branch: push.ref.replace(/^refs\/heads\//, "") }),
  };
}

/** A message that shows what a push to the project would tell: of the test of a hook. */
export function samplePush(project: Project, user: User, head: string | undefined): Push {
  return {
    project_id: project.id,
    user_id: user.id,
    before: head ?? noCommit,
    after: head ?? noCommit,
    ref: `refs/heads/${project.default_branch}`,
  };
}

function userFields(user: User | undefined): Record<string, unknown> {
  if (user === undefined) return {};
  return { user_id: user.id, user_name: user.name, user_username: user.username, user_email: "", user_avatar: null };
}

const visibilityLevels = { private: 0, internal: 10, public: 20 } as const;

function projectFields(
  { store }: GitLabContext,
  project: Project,
  told: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const namespace = store.groups.get(project.namespace_id)?.name ?? namespacePath(store, project.namespace_id);
  return {
    project_id: project.id,
    project: {
      ...told,
      id: project.id,
      name: project.name,
      description: project.description,
      avatar_url: null,
      namespace,
      visibility_level: visibilityLevels[project.visibility],
      ci_config_path: project.ci_config_path,
    },
  };
}
