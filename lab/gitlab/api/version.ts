import type { FastifyInstance } from "fastify";
import { authenticate } from "../auth/caller";
import type { GitLabContext } from "../context";

/** The version whose behaviour the double has. */
const version = "18.5.0";
const revision = "double";

/** Which GitLab it is, and whether it is ready. */
export function versionRoutes(app: FastifyInstance, context: GitLabContext): void {
  app.get("/api/v4/version", (request) => {
    authenticate(context, request, ["read_user", "ai_features"]);
    return { version, revision };
  });
  app.get("/api/v4/metadata", (request) => {
    authenticate(context, request, ["read_user", "ai_features"]);
    const kas = { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null };
    return { version, revision, kas, enterprise: false };
  });
  app.get("/-/readiness", () => ({ status: "ok", master_check: [{ status: "ok" }] }));
  app.get("/-/liveness", () => ({ status: "ok" }));
  app.get("/-/health", (_, reply) => reply.type("text/plain").send("GitLab OK"));
  app.get("/robots.txt", (_, reply) => reply.type("text/plain").send("User-Agent: *\nDisallow: /\n"));
}
