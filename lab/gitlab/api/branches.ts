import type { FastifyInstance, FastifyRequest } from "fastify";
import { noCommit } from "../../git/webhooks/push-event";
import { authorizePushing, authorizeReading, type CodeAccess } from "../auth/authorize-code";
import { level } from "../auth/levels";
import { commitBody } from "../bodies/commit";
import { projectUrls } from "../bodies/project";
import type { GitLabContext } from "../context";
import { readCommit } from "../git/commit-log";
import { isAncestor } from "../git/merge";
import { branchRights, mayPush } from "../git/protection";
import { isRefName, listRefs, type Ref } from "../git/refs";
import { invalid, notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { type Parameter, required, text, validate } from "../http/validate";
import { moveRefFor } from "./ref-move";
import { matchesSearch } from "./ref-search";

const pattern: Parameter<RegExp> = {
  read: (value) => {
    try {
      return new RegExp(String(value));
    } catch {
      return undefined;
    }
  },
};

/** `/projects/:id/repository/branches` */
export function branchRoutes(app: FastifyInstance, context: GitLabContext): void {
  const path = "/api/v4/projects/:id/repository/branches";

  app.get(path, async (request, reply) => {
    const access = authorizeReading(context, request);
    const { search, regex } = validate(request, { search: text, regex: pattern });
    const branches = (await listRefs(access.repository, "heads"))
      .filter(({ name }) => matchesSearch(name, search))
      .filter(({ name }) => regex?.test(name) !== false);
    const page = paginate(request, reply, context.url, branches);
    return Promise.all(page.map((branch) => branchBody(access, branch)));
  });

  app.get(`${path}/:branch`, async (request, reply) => {
    const access = authorizeReading(context, request);
    const body = await branchBody(access, await branchOf(access, request));
    return request.method === "HEAD" ? reply.code(204).send() : body;
  });

  app.post(path, async (request, reply) => {
    const access = authorizePushing(context, request);
    const { caller, project, repository, role } = access;
    const asked = validate(request, { branch: required(text), ref: required(text) });
    if (!(await isRefName(repository, asked.branch))) throw invalid("Branch name is invalid");
    if ((await repository.branch(asked.branch)) !== undefined) throw invalid("Branch already exists");
    const commit = await repository.commit(asked.ref);
    if (commit === undefined) throw invalid(`Invalid reference name: ${asked.ref}`);
    if (!mayPush(context, project, caller.user, role, asked.branch)) {
      throw invalid("You are not allowed to create protected branches on this project.");
    }
    await moveRefFor(context, access, `refs/heads/${asked.branch}`, noCommit, commit);
    return reply.code(201).send(await branchBody(access, await branchNamed(access, asked.branch)));
  });

  app.delete(`${path}/:branch`, async (request, reply) => {
    const access = authorizePushing(context, request);
    const { project, role } = access;
    const branch = await branchOf(access, request);
    if (branch.name === project.default_branch) throw invalid("The default branch of a project cannot be deleted.");
    if (branchRights(context, project, branch.name).protected && role < level.maintainer) {
      throw invalid("Protected branches can only be deleted by maintainers and owners.", 403);
    }
    await moveRefFor(context, access, `refs/heads/${branch.name}`, branch.commit, noCommit);
    return reply.code(204).send();
  });

  app.delete("/api/v4/projects/:id/repository/merged_branches", async (request, reply) => {
    const access = authorizePushing(context, request);
    const { project, repository } = access;
    for (const { name, commit } of await listRefs(repository, "heads")) {
      const isKept = name === project.default_branch || branchRights(context, project, name).protected;
      if (isKept || !(await isAncestor(repository, commit, `refs/heads/${project.default_branch}`))) continue;
      await moveRefFor(context, access, `refs/heads/${name}`, commit, noCommit);
    }
    return reply.code(202).send({ message: "202 Accepted" });
  });

  async function branchNamed({ repository }: CodeAccess, name: string): Promise<Ref> {
    const [branch] = await listRefs(repository, "heads", { name });
    if (branch === undefined) throw notFound("Branch");
    return branch;
  }

  function branchOf(access: CodeAccess, request: FastifyRequest): Promise<Ref> {
    return branchNamed(access, (request.params as { branch: string }).branch);
  }

  async function branchBody({ caller, project, repository, role }: CodeAccess, { name, commit }: Ref): Promise<object> {
    const rights = branchRights(context, project, name);
    const isDefault = name === project.default_branch;
    return {
      name,
      commit: commitBody(context, project, await readCommit(repository, commit)),
      merged: !isDefault && (await isAncestor(repository, commit, `refs/heads/${project.default_branch}`)),
      protected: rights.protected,
      developers_can_push: rights.developersPush,
      developers_can_merge: rights.developersMerge,
      can_push: caller !== undefined && mayPush(context, project, caller.user, role, name),
      default: isDefault,
      web_url: `${projectUrls(context, project).web}/-/tree/${name}`,
    };
  }
}
