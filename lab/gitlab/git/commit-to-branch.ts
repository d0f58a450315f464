import { noCommit } from "../../git/webhooks/push-event";
import type { GitLabContext } from "../context";
import type { User } from "../store/people";
import type { Project } from "../store/places";
import { CommitRefused, type FileAction } from "./file-actions";
import { recordPush } from "./record-push";
import { isRefName, moveRef } from "./refs";
import type { Repository } from "./repository";
import { type Person, writeFilesCommit } from "./write-commit";

export interface BranchCommit {
  readonly branch: string;
  /** What a new branch begins at: a branch, a tag or a commit. @default the branch itself, which then has to be there */
  readonly start?: string | undefined;
  /** Lets a branch that is there begin anew at `start`. @default false */
  readonly force?: boolean | undefined;
  readonly message: string;
  readonly actions: readonly FileAction[];
  /** Who makes the commit, and pushes it. */
  readonly user: Pick<User, "id" | "name" | "email">;
  /** @default the user */
  readonly author?: Person;
}

/**
 * Commits to a branch, as an editor on GitLab's pages does, and has everything happen that a push sets off. The first
 * branch of an empty repository is made. Throws a `CommitRefused` in GitLab's words.
 * @returns the commit
 */
export async function commitToBranch(
  context: GitLabContext,
  project: Pick<Project, "id">,
  repository: Repository,
  { branch, start, force = false, message, actions, user, author = user }: BranchCommit,
): Promise<string> {
  if (!(await isRefName(repository, branch)))
    throw new CommitRefused("You can only create or edit files when you are on a branch");
  const before = await repository.branch(branch);
  const parent = await parentOf(repository, { branch, start, force, before });
  const person = ({ name, email }: Person): Person => ({ name, email });
  const after = await writeFilesCommit(repository, parent, actions, {
    message,
    author: person(author),
    committer: person(user),
    date: context.now(),
  });
  const ref = `refs/heads/${branch}`;
  await moveRef(repository, ref, before ?? noCommit, after);
  await recordPush(context, { project_id: project.id, user_id: user.id, before: before ?? noCommit, after, ref });
  return after;
}

async function parentOf(
  repository: Repository,
  {
    branch,
    start,
    force,
    before,
  }: { branch: string; start: string | undefined; force: boolean; before: string | undefined },
): Promise<string | undefined> {
  if (start === undefined || start === branch) {
    if (before === undefined && !(await repository.isEmpty())) {
      throw new CommitRefused("You can only create or edit files when you are on a branch");
    }
    return before;
  }
  if (before !== undefined && !force) {
    throw new CommitRefused(
      `A branch called '${branch}' already exists. Switch to that branch in order to make changes`,
    );
  }
  const parent = (await repository.branch(start)) ?? (await repository.commit(start));
  if (parent === undefined && !(await repository.isEmpty()))
    throw new CommitRefused(`Cannot find start branch ${start}`);
  return parent;
}
