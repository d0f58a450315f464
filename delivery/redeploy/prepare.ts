import { UserError } from "../../model/problem";
import { requestProblems, type Request } from "../bump/wanted";
import type { Clock } from "../clock";
import { resolveCommit } from "./commit";
import { readConfig, type RedeployConfig } from "./config";
import { noting, shortSha, type Delivery } from "./context";
import type { RedeployFlags } from "./flags";
import type { InfraOptions } from "./infra-clone";
import { planOf, secretsOf, type Plan } from "./plan";
import type { Progress } from "./progress";
import { Secrets } from "./secrets";
import { accessOf, argoCdApi, gitlabApi } from "./servers";
import { defaultStateFile, deliveryName, StateFile } from "./state";

/** A delivery that is ready to run, and how its infra repository is reached. */
export interface PreparedDelivery {
  readonly delivery: Delivery;
  readonly infra: InfraOptions;
}

export interface Preparing {
  readonly progress: Progress;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Makes a delivery of the flags, `redeploy.yaml` and the environment, and takes its state for this process.
 *
 * @throws UserError with what is wrong with them
 */
export async function prepare(
  flags: RedeployFlags,
  { progress, clock, signal, env }: Preparing,
): Promise<PreparedDelivery> {
  const config = readConfig(flags.config);
  const plan = planOf(config, flags.environment, flags.caFile);
  const secrets = Secrets.read(env);
  secrets.demand(secretsOf(plan));
  const patience = { clock, outageMs: flags.outage, tell: noting(progress, null) };
  const around = { secrets, patience, signal, env };
  const gitlab = plan.gitlab && gitlabApi(plan.gitlab, around);
  const argocd = plan.argocd && argoCdApi(plan.argocd, around);
  const commit = await resolveCommit(flags.commit, {
    plan,
    access: accessOf(plan, "app", flags.caFile, around),
    folder: config.folder,
    patience,
    signal,
    ...(gitlab !== undefined && { gitlab }),
  });
  const tag = flags.tag ?? shortSha(commit);
  const request: Request = { ...plan.infra.choice, wanted: { tag } };
  refuseRequest(config, plan, request, flags.tag !== undefined);
  const state = StateFile.open(flags.state ?? defaultStateFile(plan, env), deliveryName(plan));
  const limits = { mirrorMs: flags.mirrorTimeout, buildMs: flags.buildTimeout, deployMs: flags.deployTimeout };
  return {
    delivery: {
      ...{ plan, commit, tag, request, secrets, progress, patience, clock, limits, signal, state },
      ...(gitlab !== undefined && { gitlab }),
      ...(argocd !== undefined && { argocd }),
    },
    infra: {
      access: accessOf(plan, "infra", flags.caFile, around),
      branch: plan.infra.branch,
      files: plan.infra.files,
      patience,
      signal,
      env,
    },
  };
}

/** `factory bump` judges image and tag; here the one is written in the file. */
function refuseRequest(config: RedeployConfig, plan: Plan, request: Request, isTagGiven: boolean): void {
  const problems = requestProblems(request).map((problem) => {
    if (problem.path === "--tag") return { ...problem, file: "factory redeploy" };
    const isOwn = config.file.environments[plan.environment]?.image !== undefined;
    const fix = problem.fix.replace(/^write --image (\S+?)(?:,.*)?$/, "write $1");
    return { ...problem, file: config.name, path: isOwn ? `environments.${plan.environment}.image` : "image", fix };
  });
  const shown = isTagGiven ? problems : problems.filter(({ path }) => path !== "--tag");
  if (shown.length > 0) throw new UserError(shown);
}
