import { ArgoCdApi } from "../argocd/argocd-api";
import { GitLabApi } from "../gitlab/gitlab-api";
import { httpClient } from "../http/http-client";
import { Service, type Patience } from "../http/service";
import { trustedAuthorities } from "../http/trust";
import type { GitAccess } from "./git-access";
import type { Plan, PlannedRepository, Server } from "./plan";
import type { Secrets } from "./secrets";

export interface Surroundings {
  readonly secrets: Secrets;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly env: NodeJS.ProcessEnv;
}

function serviceOf(name: string, server: Server, headers: Record<string, string>, around: Surroundings): Service {
  const { url, place, caFile } = server;
  const { patience, signal, env } = around;
  const send = httpClient(trustedAuthorities(caFile, place, env));
  return new Service({ name, url, place, send, headers, patience, signal });
}

/** GitLab, asked with GITLAB_TOKEN. */
export function gitlabApi(server: Server, around: Surroundings): GitLabApi {
  const token = around.secrets.get("GITLAB_TOKEN");
  return new GitLabApi(serviceOf("GitLab", server, token === undefined ? {} : { "private-token": token.text }, around));
}

/** Argo CD, asked with ARGOCD_AUTH_TOKEN. */
export function argoCdApi(server: Server, around: Surroundings): ArgoCdApi {
  const token = around.secrets.get("ARGOCD_AUTH_TOKEN");
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token.text}` };
  return new ArgoCdApi(serviceOf("Argo CD", server, headers, around));
}

/** How Git reaches one of the two repositories: on the platform's GitLab with its token, unless there is an own one. */
export function accessOf(
  plan: Plan,
  which: "app" | "infra",
  caFile: string | undefined,
  around: Surroundings,
): GitAccess {
  const { secrets, env } = around;
  const repository: PlannedRepository = plan[which];
  const prefix = which === "app" ? "APP_GIT" : "INFRA_GIT";
  const own = secrets.get(`${prefix}_PASSWORD`);
  const chosen = own ?? (repository.onPlatform ? secrets.get("GITLAB_TOKEN") : undefined);
  // GitLab takes any name with a token of its own.
  const user = env[`${prefix}_USER`] ?? "oauth2";
  const trusted = caFile ?? (repository.onPlatform ? plan.gitlab?.caFile : undefined);
  const ca = trustedAuthorities(trusted, "--ca-file", env);
  return {
    url: repository.url,
    ...(chosen !== undefined &&
      /^https?:/.test(repository.url) && { credentials: { user, variable: chosen.variable } }),
    ...(ca !== undefined && { ca }),
  };
}
