import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { authorizeReading } from "../auth/authorize-code";
import type { GitLabContext } from "../context";
import { mergeBase } from "../git/merge";
import { listTree, readBlob, type TreeEntry } from "../git/tree";
import { notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { flag, integer, list, oneOf, required, text, validate } from "../http/validate";
import { readCommit } from "../git/commit-log";
import { commitBody } from "../bodies/commit";

/** `/projects/:id/repository/tree`, `/blobs` and `/merge_base`. */
export function repositoryTreeRoutes(app: FastifyInstance, context: GitLabContext): void {
  app.get("/api/v4/projects/:id/repository/tree", async (request, reply) => {
    const { project, repository } = authorizeReading(context, request);
    const asked = validate(request, {
      ref: text,
      path: text,
      recursive: flag,
      pagination: oneOf("keyset", "legacy", "none"),
    });
    const commit = await repository.commit(asked.ref ?? project.default_branch);
    if (commit === undefined) throw notFound("Tree");
    const entries = await listTree(repository, commit, asked.path ?? "", asked.recursive ?? false);
    if (entries === undefined) throw notFound("invalid revision or path");
    if (asked.pagination === "keyset") return treePage(context, request, reply, entries);
    return paginate(request, reply, context.url, entries);
  });

  app.get("/api/v4/projects/:id/repository/blobs/:sha", async (request) => {
    const { content, sha } = await blobOf(request);
    return { size: content.length, encoding: "base64", content: content.toString("base64"), sha };
  });

  app.get("/api/v4/projects/:id/repository/blobs/:sha/raw", async (request, reply) => {
    const { content } = await blobOf(request);
    return reply.type("application/octet-stream").send(content);
  });

  app.get("/api/v4/projects/:id/repository/merge_base", async (request) => {
    const { project, repository } = authorizeReading(context, request);
    const { refs } = validate(request, { refs: required(list(text)) });
    const commits = await Promise.all(refs.map((ref) => repository.commit(ref)));
    const [first, second] = commits;
    if (first === undefined || second === undefined) throw notFound("Merge Base");
    const base = await mergeBase(repository, first, second);
    if (base === undefined) throw notFound("Merge Base");
    return commitBody(context, project, await readCommit(repository, base));
  });

  async function blobOf(request: FastifyRequest): Promise<{ content: Buffer; sha: string }> {
    const { repository } = authorizeReading(context, request);
    const sha = await repository.object(`${(request.params as { sha: string }).sha}^{blob}`);
    if (sha === undefined) throw notFound("Blob");
    return { content: await readBlob(repository, sha), sha };
  }
}

/** A tree's pages follow each other by the entry that the last one ended with. */
function treePage(
  { url }: GitLabContext,
  request: FastifyRequest,
  reply: FastifyReply,
  entries: readonly TreeEntry[],
): TreeEntry[] {
  const { per_page = 20, page_token } = validate(request, { per_page: integer, page_token: text });
  const tokenOf = ({ path }: TreeEntry): string => Buffer.from(path).toString("base64url");
  const start = page_token === undefined ? 0 : entries.findIndex((entry) => tokenOf(entry) === page_token) + 1;
  const page = entries.slice(start, start + Math.min(per_page, 100));
  const last = page.at(-1);
  if (last !== undefined && start + page.length < entries.length) {
    const next = new URL(request.url, url);
    next.searchParams.set("page_token", tokenOf(last));
    void reply.header("link", `<${next.toString()}>; rel="next"`);
  }
  return page;
}
