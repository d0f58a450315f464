import type { FastifyInstance } from "fastify";
import { handleGitRequest } from "../../git/http/handler";
import type { GitLabContext } from "../context";
import { gitLabGate } from "./gate";
import { writeHooks } from "./hooks";

/** Serves the repositories of projects by Git's smart HTTP, at `/group/project.git`. */
export function gitOverHttp(app: FastifyInstance, context: GitLabContext): void {
  writeHooks(context.files);
  const gate = gitLabGate(context);
  app.addHook("onRequest", (request, reply, done) => {
    // What has been answered already, by an outage, is not Git's any more.
    if (reply.sent || request.url.startsWith("/api/")) {
      done();
      return;
    }
    if (handleGitRequest(request.raw, reply.raw, { files: context.files, git: context.git, gate })) reply.hijack();
    else done();
  });
}
