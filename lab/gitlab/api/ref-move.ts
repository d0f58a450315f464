import type { authorizePushing } from "../auth/authorize-code";
import type { GitLabContext } from "../context";
import { recordPush } from "../git/record-push";
import { moveRef } from "../git/refs";
import { orBadRequest } from "../http/refused";

/**
 * Makes, moves or removes a branch or tag for the caller, with all that a push sets off.
 *
 * @param ref `refs/heads/main`
 * @param before the commit, or the tag's object, that it has to lead to now; 40 zeros where it is to be made
 * @param after the same for where it leads then; 40 zeros where it is to be removed
 */
export async function moveRefFor(
  context: GitLabContext,
  { caller, project, repository }: ReturnType<typeof authorizePushing>,
  ref: string,
  before: string,
  after: string,
): Promise<void> {
  await orBadRequest(() => moveRef(repository, ref, before, after));
  await recordPush(context, { project_id: project.id, user_id: caller.user.id, before, after, ref });
}
