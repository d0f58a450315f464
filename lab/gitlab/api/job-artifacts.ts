import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { authorizeMember, authorizeProject } from "../auth/access";
import { level } from "../auth/levels";
import { ciOf } from "../ci/ci";
import type { Job } from "../ci/records";
import { artifactsOf, type CiFolders } from "../ci/work";
import { zip } from "../ci/zip";
import type { GitLabContext } from "../context";
import { notFound } from "../http/errors";
import { required, text, validate } from "../http/validate";
import type { Project } from "../store/places";
import { jobOf } from "./jobs";

/** https://docs.gitlab.com/api/job_artifacts/ */
export function jobArtifactRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { folders } = ciOf(context);
  const base = "/api/v4/projects/:id/jobs";
  const read = (request: FastifyRequest): Project =>
    authorizeProject(context, request, level.reporter, ["ci_job"]).project;

  app.get(`${base}/:job_id/artifacts`, (request, reply) =>
    sendArchive(reply, folders, jobOf(context, request, read(request))),
  );

  app.get(`${base}/:job_id/artifacts/*`, (request, reply) => {
    return sendFile(request, reply, folders, jobOf(context, request, read(request)));
  });

  app.get(`${base}/artifacts/:ref_name/download`, (request, reply) => {
    return sendArchive(reply, folders, latestOf(context, request, read(request)));
  });

  app.get(`${base}/artifacts/:ref_name/raw/*`, (request, reply) => {
    return sendFile(request, reply, folders, latestOf(context, request, read(request)));
  });

  app.delete(`${base}/:job_id/artifacts`, async (request, reply) => {
    const { project } = authorizeMember(context, request, level.maintainer);
    const { id } = jobOf(context, request, project);
    rmSync(artifactsOf(folders, id), { recursive: true, force: true });
    context.store.jobs.update(id, { has_artifacts: false });
    return reply.code(204).send();
  });
}

/** The job of that name in the latest pipeline of a branch or tag that succeeded. */
function latestOf({ store }: GitLabContext, request: FastifyRequest, project: Project): Job {
  const { ref_name } = request.params as { readonly ref_name: string };
  const { job: name } = validate(request, { job: required(text) });
  const passed = store.pipelines.where(
    ({ project_id, ref, status }) => project_id === project.id && ref === ref_name && status === "success",
  );
  const found = store.jobs
    .where((job) => job.pipeline_id === passed.at(-1)?.id && job.name === name && !job.retried)
    .at(-1);
  if (found === undefined) throw notFound();
  return found;
}

function sendArchive(reply: FastifyReply, folders: CiFolders, job: Job): FastifyReply {
  const folder = artifactsOf(folders, job.id);
  if (!job.has_artifacts || !existsSync(folder)) throw notFound();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({
      path: relative(folder, file).split(sep).join("/"),
      content: readFileSync(file),
      mode: statSync(file).mode,
    }));
  return reply
    .header("content-disposition", `attachment; filename="artifacts.zip"; filename*=UTF-8''artifacts.zip`)
    .type("application/zip")
    .send(zip(entries));
}

function sendFile(request: FastifyRequest, reply: FastifyReply, folders: CiFolders, job: Job): FastifyReply {
  const folder = artifactsOf(folders, job.id);
  const file = join(folder, (request.params as { readonly "*": string })["*"]);
  const isInside = file.startsWith(folder + sep);
  if (!job.has_artifacts || !isInside || !statSync(file, { throwIfNoEntry: false })?.isFile()) throw notFound();
  return reply.type("application/octet-stream").send(readFileSync(file));
}
