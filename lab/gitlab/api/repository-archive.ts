import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { authorizeReading } from "../auth/authorize-code";
import { commitBody } from "../bodies/commit";
import { projectUrls } from "../bodies/project";
import type { GitLabContext } from "../context";
import { readCommits } from "../git/commit-log";
import { diffOf } from "../git/diff";
import { mergeBase } from "../git/merge";
import { notFound } from "../http/errors";
import { flag, required, text, validate } from "../http/validate";

/** The formats of GitLab that git makes by itself. */
const formats: Readonly<Record<string, string>> = { "tar.gz": "tar.gz", tgz: "tar.gz", tar: "tar", zip: "zip" };

/** `/projects/:id/repository/archive` and `/compare`. */
export function repositoryArchiveRoutes(app: FastifyInstance, context: GitLabContext): void {
  const path = "/api/v4/projects/:id/repository/archive";
  app.get(path, (request, reply) => archive(request, reply, "tar.gz"));
  app.get(`${path}.:format`, (request, reply) => {
    return archive(request, reply, (request.params as { format: string }).format);
  });

  app.get("/api/v4/projects/:id/repository/compare", async (request) => {
    const { project, repository } = authorizeReading(context, request);
    const asked = validate(request, { from: required(text), to: required(text), straight: flag });
    const from = await repository.commit(asked.from);
    const to = await repository.commit(asked.to);
    if (from === undefined || to === undefined) throw notFound("Ref");
    const commits = await readCommits(repository, ["--reverse", `${from}..${to}`]);
    const base = asked.straight === true ? from : ((await mergeBase(repository, from, to)) ?? from);
    const last = commits.at(-1);
    return {
      commit: last === undefined ? null : commitBody(context, project, last),
      commits: commits.map((commit) => commitBody(context, project, commit)),
      diffs: await diffOf(repository, base, to),
      compare_timeout: false,
      compare_same_ref: from === to,
      web_url: `${projectUrls(context, project).web}/-/compare/${base}...${to}`,
    };
  });

  async function archive(request: FastifyRequest, reply: FastifyReply, asked: string): Promise<FastifyReply> {
    const { project, repository } = authorizeReading(context, request);
    const { sha, path: below } = validate(request, { sha: text, path: text });
    const commit = await repository.commit(sha ?? project.default_branch);
    const format = formats[asked];
    if (commit === undefined || format === undefined) throw notFound("File");
    const name = `${project.path}-${(sha ?? project.default_branch).replaceAll("/", "-")}-${commit}`;
    const tree = below === undefined ? [commit] : [commit, "--", below];
    const bytes = await repository.bytes([
      "--literal-pathspecs",
      "archive",
      `--format=${format}`,
      `--prefix=${name}/`,
      ...tree,
    ]);
    return reply
      .header("content-disposition", `attachment; filename="${name}.${asked}"`)
      .header("etag", `"${commit}"`)
      .type(format === "zip" ? "application/zip" : "application/octet-stream")
      .send(bytes);
  }
}
