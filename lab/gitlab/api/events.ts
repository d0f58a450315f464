import type { FastifyInstance } from "fastify";
import { noCommit } from "../../git/webhooks/push-event";
import { authorizeProject } from "../auth/access";
import { basicUserBody } from "../bodies/user";
import { timestamp, type GitLabContext } from "../context";
import type { Push } from "../events";
import { paginate } from "../http/paginate";
import { oneOf, validate } from "../http/validate";
import type { PushActivity } from "../store/instance";

/** `/projects/:id/events`: what was pushed, and by whom. Of GitLab's other activities the double keeps none. */
export function eventRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { pushActivities, users } = context.store;
  context.events.on("push", (push: Push) => {
    pushActivities.insert(activityOf(context, push));
  });
  context.events.on("project removed", ({ project_id: id }) => {
    pushActivities.removeWhere(({ project_id }) => project_id === id);
  });

  app.get("/api/v4/projects/:id/events", (request, reply) => {
    const { project } = authorizeProject(context, request, 0);
    const { sort } = validate(request, { sort: oneOf("asc", "desc") });
    const found = pushActivities.where(({ project_id }) => project_id === project.id);
    return paginate(request, reply, context.url, sort === "asc" ? found : found.reverse()).map((activity) => {
      const author = users.get(activity.author_id);
      return {
        ...activity,
        target_id: null,
        target_iid: null,
        target_type: null,
        target_title: null,
        ...(author !== undefined && { author: basicUserBody(context, author), author_username: author.username }),
      };
    });
  });
}

function activityOf(
  context: GitLabContext,
  { project_id, user_id, before, after, ref }: Push,
): Omit<PushActivity, "id"> {
  const [, kind = "", name = ""] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  const [action, action_name] =
    after === noCommit
      ? (["removed", "deleted"] as const)
      : before === noCommit
        ? (["created", "pushed new"] as const)
        : (["pushed", "pushed to"] as const);
  const push_data = {
    action,
    ref_type: kind === "tags" ? "tag" : "branch",
    ref: name,
    commit_from: before === noCommit ? null : before,
    commit_to: after === noCommit ? null : after,
  };
  return { project_id, author_id: user_id, action_name, push_data, created_at: timestamp(context) };
}
