import { UserError } from "../../model/problem";
import { systemClock } from "../clock";
import { gitlabOfJob } from "../gitlab/gitlab-service";
import { FACTORY_GITLAB_TOKEN } from "../gitlab/platform-token";
import { unsetVariable } from "../unset-variable";
import { findMergedPlan } from "./merged-plan";
import type { FoundPlan } from "./moved";

/** How long GitLab may be away, in milliseconds. */
const OUTAGE_MS = 120_000;

const MEANINGS: Readonly<Record<string, string>> = {
  CI_API_V4_URL: "the address of GitLab's API",
  CI_PROJECT_ID: "the project's id",
  CI_COMMIT_SHA: "the commit that runs",
  CI_COMMIT_BRANCH: "the branch that runs",
  [FACTORY_GITLAB_TOKEN]: "a project access token of the scope read_api and the role Reporter",
};

/**
 * The reviewed plan of the commit that a GitLab pipeline runs for.
 *
 * @throws UserError when this is no such pipeline or there is no token; PlanRefusal when nobody has reviewed a plan
 */
export function gitlabPlan(
  { job, folder, caFile }: { readonly job: string; readonly folder: string; readonly caFile?: string },
  { env, signal }: { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<FoundPlan> {
  const of = (name: string): string => env[name]?.trim() ?? "";
  const missing = Object.keys(MEANINGS).filter((name) => of(name) === "");
  if (missing.length > 0) throw withoutVariables(missing);
  const service = gitlabOfJob({
    token: of(FACTORY_GITLAB_TOKEN),
    caFile,
    env,
    patience: { clock: systemClock, outageMs: OUTAGE_MS, tell: (line) => process.stderr.write(`${line}\n`) },
    signal,
  });
  const [project, commit, branch] = [of("CI_PROJECT_ID"), of("CI_COMMIT_SHA"), of("CI_COMMIT_BRANCH")];
  return findMergedPlan(service, { project, commit, branch, job, folder });
}

function withoutVariables(missing: readonly string[]): UserError {
  return new UserError(
    missing.map((name) =>
      unsetVariable(
        name,
        MEANINGS[name] ?? "",
        name === FACTORY_GITLAB_TOKEN
          ? "set it as a masked variable of the GitLab project; protected, and for the stacks' environments alone"
          : "run it in a GitLab pipeline of a branch, or name a plan by --plan",
      ),
    ),
  );
}
