import type { GitLabContext } from "../context";
import type { DeployToken } from "../store/deploy";
import type { Project } from "../store/places";
import { groupOfProject, lineage } from "./paths";
import { digestOf } from "./token-text";

/** The deploy token of a user name and a token's text; undefined when there is none, or it is not good any more. */
export function deployTokenOf(context: GitLabContext, username: string, text: string): DeployToken | undefined {
  const digest = digestOf(text);
  const token = context.store.deployTokens.find((one) => one.digest === digest && one.username === username);
  return token === undefined || token.revoked || isExpired(context, token) ? undefined : token;
}

export function isExpired(context: Pick<GitLabContext, "now">, { expires_at }: DeployToken): boolean {
  return expires_at !== null && Date.parse(expires_at) <= context.now().getTime();
}

/** Whether a deploy token is of this project, or of a group that the project is in. */
export function covers({ store }: GitLabContext, token: DeployToken, project: Project): boolean {
  if (token.source_type === "project") return token.source_id === project.id;
  const group = groupOfProject(store, project);
  return group !== undefined && lineage(store, group).some(({ id }) => id === token.source_id);
}
