import { timestamp, type GitLabContext } from "../context";
import { environmentSlug } from "./predefined";
import type { Environment, Job } from "./records";

/** The environment of a job, made when it is not there yet. */
export function ensureEnvironment(
  context: GitLabContext,
  projectId: number,
  name: string,
  tier = tierOf(name),
): Environment {
  const { environments } = context.store;
  const found = environments.find((one) => one.project_id === projectId && one.name === name);
  if (found !== undefined) return found;
  const now = timestamp(context);
  return environments.insert({
    project_id: projectId,
    name,
    slug: environmentSlug(name),
    external_url: null,
    state: "available",
    tier,
    last_job_id: null,
    created_at: now,
    updated_at: now,
  });
}

/** Has a job that succeeded count as a deployment, or as the end of its environment. */
export function noteDeployment(context: GitLabContext, { environment, project_id, id }: Job): void {
  if (environment === null || !["start", "stop"].includes(environment.action)) return;
  const { environments } = context.store;
  const found = ensureEnvironment(context, project_id, environment.name);
  environments.update(found.id, {
    updated_at: timestamp(context),
    ...(environment.action === "stop"
      ? { state: "stopped" as const }
      : { state: "available" as const, last_job_id: id, external_url: environment.url ?? found.external_url }),
  });
}

/** Whether the user of a job may deploy to its environment, as far as that is protected. */
export function mayDeploy({ store }: GitLabContext, job: Job, userId: number, role: number): boolean {
  const { environment, project_id } = job;
  const rule =
    environment === null
      ? undefined
      : store.protectedEnvironments.find((one) => one.project_id === project_id && one.name === environment.name);
  return (
    rule?.deploy_access_levels.some(
      ({ access_level, user_id }) =>
        user_id === userId || (typeof access_level === "number" && access_level > 0 && role >= access_level),
    ) ?? true
  );
}

/** https://docs.gitlab.com/ci/environments/#deployment-tier-of-environments */
function tierOf(name: string): string {
  if (/dev|review|trunk/i.test(name)) return "development";
  if (/test|tst|int|ac(ce|)pt|qa|qc|control|quality/i.test(name)) return "testing";
  if (/st(a|)g|mod(e|)l|pre|demo|non/i.test(name)) return "staging";
  return /prod|live/i.test(name) ? "production" : "other";
}
