import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorizePushing, authorizeReading, type CodeAccess } from "../auth/authorize-code";
import { commitBody } from "../bodies/commit";
import { mergeRequestBody } from "../bodies/merge-request";
import type { GitLabContext } from "../context";
import { commitStats, readCommit, readCommits } from "../git/commit-log";
import { commitToBranch } from "../git/commit-to-branch";
import { diffOf, emptyTree } from "../git/diff";
import { mayPush } from "../git/protection";
import { listRefs } from "../git/refs";
import { forbidden, notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { orBadRequest } from "../http/refused";
import { flag, oneOf, required, text, validate } from "../http/validate";
import { actionList } from "./commit-actions";
import { pipelineBody } from "./pipeline-bodies";

/** `/projects/:id/repository/commits` */
export function commitRoutes(app: FastifyInstance, context: GitLabContext): void {
  const path = "/api/v4/projects/:id/repository/commits";

  app.get(path, async (request, reply) => {
    const { project, repository } = authorizeReading(context, request);
    const asked = validate(request, {
      ref_name: text,
      path: text,
      since: text,
      until: text,
      author: text,
      all: flag,
      with_stats: flag,
      first_parent: flag,
      order: oneOf("default", "topo"),
    });
    const revisions = await revisionsOf(repository, asked.ref_name ?? project.default_branch, asked.all === true);
    if (revisions === undefined) {
      if (asked.ref_name !== undefined && !(await repository.isEmpty())) throw notFound("Commit");
      return paginate(request, reply, context.url, []);
    }
    const commits = await readCommits(repository, [
      ...(asked.since === undefined ? [] : [`--since=${asked.since}`]),
      ...(asked.until === undefined ? [] : [`--until=${asked.until}`]),
      ...(asked.author === undefined ? [] : [`--author=${asked.author}`]),
      ...(asked.first_parent === true ? ["--first-parent"] : []),
      ...(asked.order === "topo" ? ["--topo-order"] : []),
      ...revisions,
      ...(asked.path === undefined ? [] : ["--", asked.path]),
    ]);
    const page = paginate(request, reply, context.url, commits);
    const bodies = page.map((commit) => commitBody(context, project, commit));
    if (asked.with_stats !== true) return bodies;
    return Promise.all(
      bodies.map(async (body) => ({ ...body, stats: await commitStats(repository, String(body["id"])) })),
    );
  });

  app.post(path, async (request, reply) => {
    const access = authorizePushing(context, request);
    const { caller, project, repository, role } = access;
    const asked = validate(request, {
      branch: required(text),
      commit_message: required(text),
      actions: required(actionList),
      start_branch: text,
      start_sha: text,
      force: flag,
      author_name: text,
      author_email: text,
      stats: flag,
    });
    const { user } = caller;
    if (!mayPush(context, project, user, role, asked.branch)) {
      throw forbidden("You are not allowed to push into this branch");
    }
    const id = await orBadRequest(() =>
      commitToBranch(context, project, repository, {
        branch: asked.branch,
        start: asked.start_branch ?? asked.start_sha,
        force: asked.force,
        message: asked.commit_message,
        actions: asked.actions,
        user,
        author: { name: asked.author_name ?? user.name, email: asked.author_email ?? user.email },
      }),
    );
    return reply.code(201).send(await detailedBody(access, id, asked.stats ?? true));
  });

  app.get(`${path}/:sha`, async (request) => {
    const { stats } = validate(request, { stats: flag });
    const { id, ...access } = await commitOf(request);
    return detailedBody(access, id, stats ?? true);
  });

  app.get(`${path}/:sha/diff`, async (request, reply) => {
    const { id, repository } = await commitOf(request);
    const [parent = emptyTree] = (await readCommit(repository, id)).parent_ids;
    return paginate(request, reply, context.url, await diffOf(repository, parent, id));
  });

  app.get(`${path}/:sha/refs`, async (request, reply) => {
    const { id, repository } = await commitOf(request);
    const { type = "all" } = validate(request, { type: oneOf("branch", "tag", "all") });
    const holding = async (kind: "branch" | "tag"): Promise<object[]> => {
      if (type !== "all" && type !== kind) return [];
      const refs = await listRefs(repository, kind === "branch" ? "heads" : "tags", { options: ["--contains", id] });
      return refs.map(({ name }) => ({ type: kind, name }));
    };
    return paginate(request, reply, context.url, [...(await holding("branch")), ...(await holding("tag"))]);
  });

  app.get(`${path}/:sha/merge_requests`, async (request, reply) => {
    const { id, project } = await commitOf(request);
    const own = context.store.mergeRequests.where(({ project_id }) => project_id === project.id);
    // GitLab knows all commits of a merge request; here it is the last one, and what came of it.
    const found = own.filter((one) => [one.merge_commit_sha, one.squash_commit_sha, one.sha].includes(id));
    return Promise.all(paginate(request, reply, context.url, found).map((one) => mergeRequestBody(context, one)));
  });

  async function commitOf(request: FastifyRequest): Promise<CodeAccess & { id: string }> {
    const access = authorizeReading(context, request);
    const id = await access.repository.commit((request.params as { sha: string }).sha);
    if (id === undefined) throw notFound("Commit");
    return { ...access, id };
  }

  async function detailedBody({ project, repository }: CodeAccess, id: string, stats: boolean): Promise<object> {
    const pipelines = context.store.pipelines.where(({ project_id, sha }) => project_id === project.id && sha === id);
    const last = pipelines.at(-1);
    return {
      ...commitBody(context, project, await readCommit(repository, id)),
      ...(stats && { stats: await commitStats(repository, id) }),
      status: last?.status ?? null,
      project_id: project.id,
      last_pipeline: last === undefined ? null : pipelineBody(context, last),
    };
  }
}

async function revisionsOf(
  repository: CodeAccess["repository"],
  ref: string,
  all: boolean,
): Promise<readonly string[] | undefined> {
  if (await repository.isEmpty()) return undefined;
  if (all) return ["--branches", "--tags"];
  const [from, to] = ref.split(/\.\.\.?/);
  if (to === undefined) {
    const commit = await repository.commit(ref);
    return commit === undefined ? undefined : [commit];
  }
  const ends = await Promise.all([repository.commit(from ?? ""), repository.commit(to)]);
  return ends[0] === undefined || ends[1] === undefined ? undefined : [`${ends[0]}..${ends[1]}`];
}
