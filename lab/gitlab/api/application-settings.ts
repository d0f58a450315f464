import type { FastifyInstance } from "fastify";
import { authenticateAdmin } from "../auth/caller";
import type { GitLabContext } from "../context";
import { flag, validate } from "../http/validate";
import { instanceSettings } from "../rules/instance-settings";

/** `/application/settings`: of the many of GitLab's, those that change what the double does. */
export function applicationSettingRoutes(app: FastifyInstance, context: GitLabContext): void {
  app.get("/api/v4/application/settings", (request) => {
    authenticateAdmin(context, request);
    return instanceSettings(context);
  });
  app.put("/api/v4/application/settings", (request) => {
    authenticateAdmin(context, request);
    const asked = validate(request, { allow_local_requests_from_web_hooks_and_services: flag });
    return context.store.instanceSettings.update(instanceSettings(context).id, asked);
  });
}
