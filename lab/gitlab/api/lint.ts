import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorizeMember } from "../auth/access";
import { level } from "../auth/levels";
import { openRepository } from "../git/open-repository";
import { ciOf } from "../ci/ci";
import { configPathOf, findRef, readConfig } from "../ci/facts";
import type { Plan } from "../ci/plan";
import type { GitLabContext } from "../context";
import { notFound } from "../http/errors";
import { flag, required, text, validate } from "../http/validate";
import type { User } from "../store/people";
import type { Project } from "../store/places";

/** https://docs.gitlab.com/api/lint/ */
export function lintRoutes(app: FastifyInstance, context: GitLabContext): void {
  const base = "/api/v4/projects/:id/ci/lint";
  const shape = { ref: text, dry_run_ref: text, dry_run: flag, include_jobs: flag };

  app.post(base, async (request, reply) => {
    const { project, caller } = authorizeMember(context, request, level.developer);
    const { content, ref, include_jobs } = validate(request, { ...shape, content: required(text) });
    return reply.code(200).send(await answer(context, project, caller.user, content, ref, include_jobs));
  });

  app.get(base, async (request: FastifyRequest) => {
    const { project, caller } = authorizeMember(context, request, level.developer);
    const asked = validate(request, { ...shape, content_ref: text, sha: text });
    const ref = asked.content_ref ?? asked.sha ?? project.default_branch;
    const repository = openRepository(context, project);
    const sha = await repository.commit(ref);
    if (sha === undefined) throw notFound("Commit");
    const content = await readConfig(repository, sha, configPathOf(project));
    if (content === undefined)
      return body({ kind: "invalid", errors: ["Please provide content of .gitlab-ci.yml"] }, "");
    return answer(context, project, caller.user, content, asked.dry_run_ref, asked.include_jobs);
  });
}

async function answer(
  context: GitLabContext,
  project: Project,
  user: User,
  content: string,
  ref = project.default_branch,
  includesJobs = false,
): Promise<Record<string, unknown>> {
  const found = await findRef(context, project, ref);
  if (found === undefined) return body({ kind: "invalid", errors: ["Reference not found"] }, "");
  return body(await ciOf(context).lint({ project, user, ref: found, text: content }), content, includesJobs);
}

function body(plan: Plan, content: string, includesJobs = false): Record<string, unknown> {
  const errors = plan.kind === "invalid" ? plan.errors : [];
  const jobs = plan.kind === "jobs" ? plan.jobs : [];
  return {
    valid: errors.length === 0,
    errors,
    warnings: plan.kind === "filtered" ? [plan.reason] : [],
    includes: [],
    merged_yaml: plan.kind === "jobs" ? plan.merged : content,
    ...(includesJobs && {
      jobs: jobs.map(({ name, stage, when, allow_failure, definition, environment }) => ({
        name,
        stage,
        before_script: definition.before_script,
        script: definition.script,
        after_script: definition.after_script,
        tag_list: definition.tags,
        environment: environment?.name ?? null,
        when,
        allow_failure: allow_failure !== false,
        needs: definition.needs,
      })),
    }),
  };
}
