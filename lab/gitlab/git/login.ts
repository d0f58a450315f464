import type { GitKnock } from "../../git/http/gate";
import { levelInProject } from "../auth/access";
import { callerOfToken } from "../auth/caller";
import { covers, deployTokenOf } from "../auth/deploy-token";
import { level } from "../auth/levels";
import type { GitLabContext } from "../context";
import type { User } from "../store/people";
import type { Project } from "../store/places";

/** Who comes by Git, and what their token lets them do. */
export interface GitCaller {
  /** Absent for a deploy token, which is nobody's. */
  readonly user: User | undefined;
  /** For the log and the hooks. */
  readonly name: string;
  readonly reads: boolean;
  readonly writes: boolean;
  /** Their role in a project; 0 for none. */
  role(project: Project): number;
}

/** Scopes of GitLab's tokens that let clone, and those that let push. */
const readScopes = ["api", "read_api", "read_repository", "write_repository"];
const writeScopes = ["api", "write_repository"];

/**
 * Who logs in by HTTP Basic with a token for a password. The user's name is of no account but for a deploy token's.
 * Undefined for a token that is not good. A trigger's token never is: it starts pipelines and nothing else.
 */
export function gitCallerOf(context: GitLabContext, login: NonNullable<GitKnock["login"]>): GitCaller | undefined {
  const deploy = deployTokenOf(context, login.user, login.password);
  if (deploy !== undefined) {
    return {
      user: undefined,
      name: deploy.username,
      reads: deploy.scopes.includes("read_repository"),
      writes: false,
      role: (project) => (covers(context, deploy, project) ? level.reporter : 0),
    };
  }
  const caller = callerOfToken(context, login.password);
  if (typeof caller === "string") return undefined;
  const { user, token } = caller;
  const has = (scopes: readonly string[]): boolean => token.scopes.some((scope) => scopes.includes(scope));
  if (token.kind !== "job") {
    return {
      user,
      name: user.username,
      reads: has(readScopes),
      writes: has(writeScopes),
      role: (project) => levelInProject(context, project, user),
    };
  }
  if (login.user !== "gitlab-ci-token") return undefined;
  const own = context.store.projects.get(token.project_id ?? 0);
  return {
    user,
    name: user.username,
    reads: true,
    writes: own?.settings["ci_push_repository_for_job_token_allowed"] === true,
    // A job gets at its own project, and at no other that is not public.
    role: (project) => (project.id === own?.id ? levelInProject(context, project, user) : 0),
  };
}
