import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorizePushing, authorizeReading, type CodeAccess } from "../auth/authorize-code";
import { basicUserBody } from "../bodies/user";
import { timestamp, type GitLabContext } from "../context";
import { notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { oneOf, type Parameter, required, text, validate } from "../http/validate";
import type { CommitStatus } from "../store/commit-statuses";

const coverage: Parameter<number> = {
  read: (value) => (Number.isFinite(Number(value)) ? Number(value) : undefined),
};

/** What programs outside of GitLab say of commits: each name has one status for a commit and a ref. */
export function commitStatusRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { store, events } = context;

  app.get("/api/v4/projects/:id/repository/commits/:sha/statuses", async (request, reply) => {
    const access = authorizeReading(context, request);
    const asked = validate(request, { ref: text, name: text });
    const sha = await commitOf(access, request);
    const found = store.commitStatuses
      .where((one) => one.project_id === access.project.id && one.sha === sha)
      .filter(({ ref }) => asked.ref === undefined || ref === asked.ref)
      .filter(({ name }) => asked.name === undefined || name === asked.name);
    return paginate(request, reply, context.url, found).map(statusBody);
  });

  app.post("/api/v4/projects/:id/statuses/:sha", async (request, reply) => {
    const access = authorizePushing(context, request);
    const asked = validate(request, {
      state: required(oneOf("pending", "running", "success", "failed", "canceled", "skipped")),
      ref: text,
      name: text,
      context: text,
      target_url: text,
      description: text,
      coverage,
    });
    const sha = await commitOf(access, request);
    const key = {
      project_id: access.project.id,
      sha,
      ref: asked.ref ?? null,
      name: asked.name ?? asked.context ?? "default",
    };
    const earlier = store.commitStatuses.find(
      (one) => one.project_id === key.project_id && one.sha === sha && one.ref === key.ref && one.name === key.name,
    );
    const now = timestamp(context);
    const isAtWork = asked.state === "pending" || asked.state === "running";
    const fields = {
      ...key,
      status: asked.state,
      target_url: asked.target_url ?? null,
      description: asked.description ?? null,
      coverage: asked.coverage ?? null,
      author_id: access.caller.user.id,
      started_at: asked.state === "pending" ? null : (earlier?.started_at ?? now),
      finished_at: isAtWork ? null : now,
    };
    const status =
      earlier === undefined
        ? store.commitStatuses.insert({ ...fields, created_at: now })
        : store.commitStatuses.update(earlier.id, fields);
    return reply.code(201).send(statusBody(status));
  });

  events.on("project removed", ({ project_id }) => {
    store.commitStatuses.removeWhere((one) => one.project_id === project_id);
  });

  function statusBody(found: CommitStatus): Record<string, unknown> {
    const { id, sha, ref, name, status, target_url, description, coverage: covered } = found;
    const { created_at, started_at, finished_at } = found;
    return {
      ...{ id, sha, ref, name, status, target_url, description, coverage: covered },
      ...{ created_at, started_at, finished_at },
      allow_failure: false,
      pipeline_id: null,
      author: basicUserBody(context, store.users.need(found.author_id)),
    };
  }
}

async function commitOf({ repository }: CodeAccess, request: FastifyRequest): Promise<string> {
  const sha = await repository.commit((request.params as { sha: string }).sha);
  if (sha === undefined) throw notFound("Commit");
  return sha;
}
