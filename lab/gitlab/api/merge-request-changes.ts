import type { FastifyInstance } from "fastify";
import { authorizeMergeRequest } from "../auth/authorize-merge-request";
import { commitBody } from "../bodies/commit";
import { detailedMergeRequestBody, diffRefs } from "../bodies/merge-request";
import { basicUserBody } from "../bodies/user";
import type { GitLabContext } from "../context";
import { readCommits } from "../git/commit-log";
import { diffOf, type FileDiff } from "../git/diff";
import { versionsOf } from "../git/merge-request-versions";
import type { Repository } from "../git/repository";
import { notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import type { MergeRequestVersion } from "../store/merge-requests";

/** What a merge request changes: its commits, diffs and versions. */
export function mergeRequestChangeRoutes(app: FastifyInstance, context: GitLabContext): void {
  const path = "/api/v4/projects/:id/merge_requests/:iid";

  app.get(`${path}/commits`, async (request, reply) => {
    const { project, repository, request: found } = authorizeMergeRequest(context, request);
    const [newest] = versionsOf(context, found);
    const commits = newest === undefined ? [] : await commitsOf(repository, newest);
    return paginate(request, reply, context.url, commits).map((commit) => commitBody(context, project, commit));
  });

  app.get(`${path}/diffs`, async (request, reply) => {
    const { repository, request: found } = authorizeMergeRequest(context, request);
    const [newest] = versionsOf(context, found);
    const diffs = newest === undefined ? [] : await diffsOf(repository, newest);
    return paginate(request, reply, context.url, diffs);
  });

  app.get(`${path}/changes`, async (request) => {
    const { repository, request: found } = authorizeMergeRequest(context, request);
    const [newest] = versionsOf(context, found);
    return {
      ...(await detailedMergeRequestBody(context, found, false)),
      changes: newest === undefined ? [] : await diffsOf(repository, newest),
      overflow: false,
    };
  });

  app.get(`${path}/raw_diffs`, async (request, reply) => {
    const { repository, request: found } = authorizeMergeRequest(context, request);
    const [newest] = versionsOf(context, found);
    if (newest === undefined) throw notFound();
    const { base_commit_sha: base, head_commit_sha: head } = newest;
    return reply.type("text/plain").send(await repository.text(["diff", "-M", base, head]));
  });

  app.get(`${path}/versions`, (request, reply) => {
    const { request: found } = authorizeMergeRequest(context, request);
    return paginate(request, reply, context.url, versionsOf(context, found)).map(versionBody);
  });

  app.get(`${path}/versions/:version`, async (request) => {
    const { project, repository, request: found } = authorizeMergeRequest(context, request);
    const id = Number((request.params as { version: string }).version);
    const version = versionsOf(context, found).find((one) => one.id === id);
    if (version === undefined) throw notFound();
    const commits = await commitsOf(repository, version);
    return {
      ...versionBody(version),
      commits: commits.map((commit) => commitBody(context, project, commit)),
      diffs: await diffsOf(repository, version),
    };
  });

  app.get(`${path}/participants`, (request, reply) => {
    const { request: found } = authorizeMergeRequest(context, request);
    const notes = context.store.notes.where(({ merge_request_id }) => merge_request_id === found.id);
    const ids = new Set([found.author_id, ...found.assignee_ids, ...notes.map(({ author_id }) => author_id)]);
    const users = [...ids].map((id) => context.store.users.need(id));
    return paginate(request, reply, context.url, users).map((user) => basicUserBody(context, user));
  });

  app.get(`${path}/closes_issues`, (request) => {
    authorizeMergeRequest(context, request);
    return [];
  });
}

function commitsOf(repository: Repository, version: MergeRequestVersion): ReturnType<typeof readCommits> {
  return readCommits(repository, [`${version.base_commit_sha}..${version.head_commit_sha}`]);
}

async function diffsOf(repository: Repository, version: MergeRequestVersion): Promise<(FileDiff & object)[]> {
  const diffs = await diffOf(repository, version.base_commit_sha, version.head_commit_sha);
  return diffs.map((diff) => ({ ...diff, collapsed: false, too_large: false }));
}

function versionBody(version: MergeRequestVersion): Record<string, unknown> {
  const { id, merge_request_id, head_commit_sha, base_commit_sha, start_commit_sha, created_at } = version;
  return {
    id,
    head_commit_sha,
    base_commit_sha,
    start_commit_sha,
    created_at,
    merge_request_id,
    state: "collected",
    real_size: "1",
    patch_id_sha: null,
    diff_refs: diffRefs(version),
  };
}
