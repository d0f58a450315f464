import { resolve } from "node:path";
import type { GitLab } from "../../model/gitlab";
import { UserError } from "../../model/problem";
import { systemClock, type Clock } from "../clock";
import { GITLAB_TOKEN } from "../gitlab/gitlab-api";
import { httpClient, type SendHttp } from "../http/http-client";
import { Refusal, Service } from "../http/service";
import { trustedAuthorities } from "../http/trust";
import { isThere, type Looked } from "../cluster/cluster-api";

/** https://docs.gitlab.com/api/personal_access_tokens/#get-details-on-a-personal-access-token */
export interface TokenSeen {
  readonly scopes: readonly string[];
  /** `2027-03-01`; none for one that does not end. */
  readonly expires_at?: string | null;
}

/** https://docs.gitlab.com/api/users/#get-the-current-user */
export interface UserSeen {
  readonly id: number;
  readonly username: string;
  /** Only told to administrators. */
  readonly is_admin?: boolean;
  readonly can_create_group?: boolean;
}

export interface GroupSeen {
  readonly id: number;
  readonly full_path: string;
  readonly marked_for_deletion_on?: string | null;
}

/** A group that the stack declares or needs, as it is on GitLab. */
export interface GroupFacts {
  readonly path: string;
  readonly group: Looked<GroupSeen>;
  /** The token's role in it, as https://docs.gitlab.com/api/access_requests/ numbers them; 0 for no member. */
  readonly role: number;
  /** The names of its deploy tokens; hidden from all but owners. */
  readonly deployTokens: Looked<readonly string[]>;
  /** The full paths of its repositories. */
  readonly repositories: readonly string[];
}

export interface GitLabFacts {
  /** Why nothing could be asked. */
  readonly closed?: { readonly message: string; readonly fix: string };
  /** Whether GITLAB_TOKEN was set, and GitLab knows it. */
  readonly token: "not given" | "not known" | TokenSeen;
  readonly user?: UserSeen;
  /** The group that the config names by its id. */
  readonly parent?: GroupFacts;
  readonly groups: readonly GroupFacts[];
}

/** How long an unanswering server is waited for. */
const OUTAGE_MS = 3_000;

export interface GitLabVisit {
  /** The project's folder. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** @default by the network */
  readonly send?: SendHttp;
  /** @default the system's */
  readonly clock?: Clock;
}

/** Asks the platform's GitLab with the token in `$GITLAB_TOKEN`: that of the stack is a secret, which stays sealed. */
export async function gatherGitLab(gitlab: GitLab, visit: GitLabVisit): Promise<GitLabFacts> {
  const { root, env, signal, send } = visit;
  const token = env[GITLAB_TOKEN] ?? "";
  const file = gitlab.certificateAuthority && resolve(root, gitlab.certificateAuthority.path);
  const service = new Service({
    name: "GitLab",
    url: gitlab.url,
    place: "gitops-factory:gitlab.url",
    send: send ?? httpClient(trustedAuthorities(file, "gitops-factory:gitlab.certificateAuthority", env)),
    headers: token === "" ? {} : { "private-token": token },
    patience: { clock: visit.clock ?? systemClock, outageMs: OUTAGE_MS, tell: () => undefined },
    signal,
  });
  try {
    return await gather(gitlab, service, token !== "");
  } catch (error) {
    const closed = closedBy(error);
    if (closed === undefined) throw error;
    return { closed, token: "not given", groups: [] };
  }
}

async function gather(gitlab: GitLab, service: Service, hasToken: boolean): Promise<GitLabFacts> {
  if (!hasToken) {
    // 401 is an answer, too.
    await look(service, "version");
    return { token: "not given", groups: [] };
  }
  const token = await look<TokenSeen>(service, "personal_access_tokens/self");
  if (!isThere(token)) return { token: "not known", groups: [] };
  const user = await look<UserSeen>(service, "user");
  if (!token.scopes.includes("api") || !isThere(user)) return { token, groups: [] };
  const { parentGroup, organisations, projects } = gitlab;
  const paths = [...organisations, ...projects.map(({ group }) => group)].map(({ path }) => path);
  const [parent, groups] = await Promise.all([
    parentGroup && seen(service, parentGroup.path, String(parentGroup.id), user),
    Promise.all(paths.map((path) => seen(service, path, encodeURIComponent(path), user))),
  ]);
  return { token, user, ...(parent && { parent }), groups };
}

async function seen(service: Service, path: string, id: string, user: UserSeen): Promise<GroupFacts> {
  const group = await look<GroupSeen>(service, `groups/${id}`);
  if (!isThere(group)) return { path, group, role: 0, deployTokens: group, repositories: [] };
  const own = `groups/${String(group.id)}`;
  const [member, tokens, projects] = await Promise.all([
    look<{ access_level: number }>(service, `${own}/members/all/${String(user.id)}`),
    look<{ name: string }[]>(service, `${own}/deploy_tokens?per_page=100`),
    look<{ path_with_namespace: string }[]>(service, `${own}/projects?per_page=100`),
  ]);
  return {
    path,
    group,
    role: isThere(member) ? member.access_level : 0,
    deployTokens: isThere(tokens) ? tokens.map(({ name }) => name) : tokens,
    repositories: isThere(projects) ? projects.map((project) => project.path_with_namespace) : [],
  };
}

async function look<T>(service: Service, path: string): Promise<Looked<T>> {
  try {
    const { body } = await service.request({ method: "GET", path: `/api/v4/${path}` });
    return body as T;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 404) return "absent";
    if (error.status === 401 || error.status === 403) return "hidden";
    throw error;
  }
}

function closedBy(error: unknown): GitLabFacts["closed"] {
  if (error instanceof Refusal) {
    return {
      message: `${error.service} answers ${String(error.status)}: ${error.words}`,
      fix: "give the address of GitLab itself in gitops-factory:gitlab.url, as it is in its clone URLs",
    };
  }
  const problem = error instanceof UserError ? error.problems[0] : undefined;
  if (problem === undefined) return undefined;
  const fix = problem.message.includes("certificate")
    ? "set gitops-factory:gitlab.certificateAuthority to a file with the PEM of the authority that signed it; see that the host is one of its names"
    : "see that it runs and that this machine reaches it, or correct gitops-factory:gitlab.url";
  return { message: problem.message, fix };
}
