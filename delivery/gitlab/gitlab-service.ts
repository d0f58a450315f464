import { httpClient } from "../http/http-client";
import { Service, type Patience } from "../http/service";
import { trustedAuthorities } from "../http/trust";

export interface GitLabServer {
  /** GitLab's own address, without the API's path. */
  readonly url: string;
  /** Where the address was named, for messages: `CI_API_V4_URL`. */
  readonly place: string;
  readonly token: string;
  /** What `--ca-file` named: PEM of the authority of GitLab's certificate. @default those that Node trusts */
  readonly caFile?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

/** A GitLab that commands work on. Throws a UserError when the authority cannot be read. */
export function gitlabService({ url, place, token, caFile, env, patience, signal }: GitLabServer): Service {
  const send = httpClient(trustedAuthorities(caFile, "--ca-file", env));
  return new Service({ name: "GitLab", url, place, send, headers: { "private-token": token }, patience, signal });
}

/** As `gitlabService`, for the GitLab whose CI runs this job, by the variables that it gives each job. */
export function gitlabOfJob(server: Omit<GitLabServer, "url" | "place">): Service {
  const { env, caFile = env["CI_SERVER_TLS_CA_FILE"] } = server;
  const api = env["CI_API_V4_URL"]?.trim() ?? "";
  const url = api.replace(/\/+$/, "").replace(/\/api\/v4$/, "");
  return gitlabService({ ...server, url, place: "CI_API_V4_URL", caFile });
}
