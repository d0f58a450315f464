import type { FastifyInstance, FastifyRequest } from "fastify";
import { noCommit } from "../../git/webhooks/push-event";
import { authorizePushing, authorizeReading, type CodeAccess } from "../auth/authorize-code";
import { commitBody } from "../bodies/commit";
import type { GitLabContext } from "../context";
import { readCommit } from "../git/commit-log";
import { isProtectedTag, mayCreateTag } from "../git/protection";
import { isRefName, listRefs, type Ref, writeTag } from "../git/refs";
import { invalid, notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { oneOf, required, text, validate } from "../http/validate";
import { moveRefFor } from "./ref-move";
import { matchesSearch } from "./ref-search";

/** `/projects/:id/repository/tags` */
export function tagRoutes(app: FastifyInstance, context: GitLabContext): void {
  const path = "/api/v4/projects/:id/repository/tags";

  app.get(path, async (request, reply) => {
    const access = authorizeReading(context, request);
    const asked = validate(request, {
      search: text,
      order_by: oneOf("name", "updated", "version"),
      sort: oneOf("asc", "desc"),
    });
    const refs = (await listRefs(access.repository, "tags")).filter(({ name }) => matchesSearch(name, asked.search));
    const tags = await Promise.all(refs.map(async (tag) => ({ tag, body: await tagBody(access, tag) })));
    const byVersion = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });
    tags.sort((a, b) => {
      if (asked.order_by === "name") return a.tag.name < b.tag.name ? -1 : 1;
      if (asked.order_by === "version") return byVersion(a.tag.name, b.tag.name);
      return a.body.commit.committed_date < b.body.commit.committed_date ? -1 : 1;
    });
    if ((asked.sort ?? "desc") === "desc") tags.reverse();
    return paginate(request, reply, context.url, tags).map(({ body }) => body);
  });

  app.get(`${path}/:tag`, async (request) => {
    const access = authorizeReading(context, request);
    return tagBody(access, await tagNamed(access, nameOf(request)));
  });

  app.post(path, async (request, reply) => {
    const access = authorizePushing(context, request);
    const { caller, project, repository, role } = access;
    const asked = validate(request, { tag_name: required(text), ref: required(text), message: text });
    const name = asked.tag_name;
    if (!(await isRefName(repository, name))) throw invalid("Tag name invalid");
    if ((await repository.object(`refs/tags/${name}`)) !== undefined) throw invalid(`Tag ${name} already exists`);
    const commit = await repository.commit(asked.ref);
    if (commit === undefined) throw invalid(`Target ${asked.ref} is invalid`);
    if (!mayCreateTag(context, project, caller.user, role, name)) {
      throw invalid("You are not allowed to create this tag as it is protected.");
    }
    const message = asked.message ?? "";
    const tag = { message, tagger: caller.user, date: context.now() };
    const target = message === "" ? commit : await writeTag(repository, name, commit, tag);
    await moveRefFor(context, access, `refs/tags/${name}`, noCommit, target);
    return reply.code(201).send(await tagBody(access, await tagNamed(access, name)));
  });

  app.delete(`${path}/:tag`, async (request, reply) => {
    const access = authorizePushing(context, request);
    const { name, target } = await tagNamed(access, nameOf(request));
    if (isProtectedTag(context, access.project, name)) throw invalid("Protected tags cannot be deleted.", 403);
    await moveRefFor(context, access, `refs/tags/${name}`, target, noCommit);
    return reply.code(204).send();
  });

  async function tagNamed({ repository }: CodeAccess, name: string): Promise<Ref> {
    const [tag] = await listRefs(repository, "tags", { name });
    if (tag === undefined) throw notFound("Tag");
    return tag;
  }

  async function tagBody(
    { project, repository }: CodeAccess,
    tag: Ref,
  ): Promise<{ readonly commit: { readonly committed_date: string } } & Record<string, unknown>> {
    const commit = await readCommit(repository, tag.commit);
    return {
      name: tag.name,
      message: tag.message ?? "",
      target: tag.target,
      commit: { ...commitBody(context, project, commit), committed_date: commit.committed_date },
      release: null,
      protected: isProtectedTag(context, project, tag.name),
      created_at: tag.createdAt,
    };
  }
}

function nameOf(request: FastifyRequest): string {
  return (request.params as { tag: string }).tag;
}
