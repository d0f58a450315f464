import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { areas } from "./api";
import type { GitLabContext } from "./context";
import { acceptBodies, bodyLimit } from "./http/bodies";
import { ApiError } from "./http/errors";
import { failureOf } from "./outage";
import { removeOverdue } from "./rules/deletion";

/** The double's HTTP server, not yet listening. */
export function buildServer(context: GitLabContext): FastifyInstance {
  const app = Fastify({ bodyLimit, forceCloseConnections: true, routerOptions: { maxParamLength: 4096 } });
  acceptBodies(app);
  app.addHook("onRequest", (_, __, done) => {
    removeOverdue(context);
    done();
  });
  app.addHook("onRequest", async (request, reply) => {
    const failure = failureOf(context.paths, request.method, request.url);
    if (failure === "cut off") {
      reply.hijack();
      request.raw.destroy();
    } else if (failure !== undefined) await reply.code(failure.status).send(failure.body);
  });
  // GitLab names no character set, and clients compare: python-gitlab takes nothing else for JSON.
  app.addHook("onSend", (_, reply, payload, done) => {
    if (/^application\/json;/.test(String(reply.getHeader("content-type")))) {
      void reply.header("content-type", "application/json");
    }
    done(null, payload);
  });
  app.addHook("onResponse", (request, reply, done) => {
    context.log(logLine(context, request, reply.statusCode));
    done();
  });
  app.setErrorHandler((error, request, reply) => answerError(context, error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    if (request.url.startsWith("/api/")) return reply.code(404).send({ error: "404 Not Found" });
    return reply.code(404).type("text/plain").send("404 Not Found\n");
  });
  for (const area of areas) area(app, context);
  return app;
}

/** Method, path and status; of the query only the names, since tokens may be in it. */
function logLine(context: GitLabContext, { method, url }: FastifyRequest, status: number): string {
  const [path = "", query] = url.split("?");
  const names = query === undefined ? "" : `?${[...new Set(new URLSearchParams(query).keys())].join("&")}`;
  return `${context.now().toISOString()} ${method} ${path}${names} ${String(status)}`;
}

function answerError(
  context: GitLabContext,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof ApiError) return reply.code(error.status).headers(error.headers).send(error.body);
  const status = statusOf(error);
  if (status < 500) return reply.code(status).send({ error: error instanceof Error ? error.message : "Bad Request" });
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  context.log(`${request.method} ${request.url.split("?")[0] ?? ""}: ${reason}`);
  return reply.code(500).send({ message: "500 Internal Server Error" });
}

/** Fastify's own refusals have a status: a body that is too long or of an unknown type. */
function statusOf(error: unknown): number {
  const status = typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : undefined;
  return typeof status === "number" ? status : 500;
}
