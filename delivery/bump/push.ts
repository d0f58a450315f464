import { setTimeout as wait } from "node:timers/promises";
import { gitError, type Checkout, type Upstream } from "./checkout";
import { shortId } from "./commit";
import type { ReadFile } from "./files";
import type { GitResult } from "./git";
import { adopt, isOnlyBump, reapply } from "./reapply";
import type { Request } from "./wanted";

/** How often a push is tried while others push too. */
const ATTEMPTS = 10;

/** What is needed to make the commit anew where the branch has moved on. */
export interface Delivery {
  readonly files: readonly ReadFile[];
  readonly request: Request;
  readonly message: string;
}

export interface Pushed {
  /** What the remote branch is at now. */
  readonly commit: string;
  /** Whether somebody else has set the same version in the meantime, so that nothing was pushed. */
  readonly isThere: boolean;
  /** Whether the checkout is at that commit. */
  readonly isAdopted: boolean;
}

/**
 * Pushes the branch's commit. Where the branch has moved on, the bump is made anew on its tip, from the bytes that are
 * there, a bounded number of times. Never by force.
 *
 * @throws UserError with the server's words; nothing has been pushed then, and the commit is on the local branch
 */
export async function pushCommit(
  checkout: Checkout,
  { remote, branch }: Upstream,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<Pushed> {
  const { git } = checkout;
  const head = await git.get(["rev-parse", "HEAD"]);
  let commit = head;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const result = await git.try(["push", "--porcelain", remote, `${commit}:refs/heads/${branch}`], { signal });
    if (result.code === 0) {
      return { commit, isThere: false, isAdopted: commit === head || (await adopt(checkout, commit)) };
    }
    if (!isRace(result)) throw refused(checkout, { remote, branch }, head, result);
    if (attempt === ATTEMPTS) break;
    // Those that race must not meet again in step.
    await wait(Math.random() * 100 * attempt, undefined, { signal });
    const tip = await fetchTip(checkout, { remote, branch }, head, signal);
    if (!(await isOnlyBump(checkout, tip, delivery.files))) throw hasOthers(checkout, { remote, branch }, head);
    const anew = await reapply(checkout, tip, delivery.files, delivery.request, delivery.message);
    if (anew === undefined) return { commit: tip, isThere: true, isAdopted: await adopt(checkout, tip) };
    commit = anew;
  }
  throw gitError(
    `${remote}/${branch}`,
    `others have pushed to it at each of ${String(ATTEMPTS)} attempts; ${localState(checkout, head)}`,
    "run the same command again",
  );
}

/** Whether somebody else was quicker: the server does not take a commit that does not follow its own. */
function isRace({ out, said }: GitResult): boolean {
  return (
    /\[rejected\] \((?:fetch first|non-fast-forward)\)/.test(out) ||
    /\[remote rejected\][^\n]*(?:cannot lock ref|failed to update ref|incorrect old value|already exists)/.test(
      `${out}\n${said}`,
    )
  );
}

async function fetchTip({ git, ...checkout }: Checkout, upstream: Upstream, head: string, signal: AbortSignal) {
  const { remote, branch } = upstream;
  // A name of its own, since FETCH_HEAD may be another's who fetches in this clone.
  const ref = `refs/factory-bump/${String(process.pid)}`;
  const result = await git.try(["fetch", "--quiet", "--no-tags", remote, `+refs/heads/${branch}:${ref}`], { signal });
  if (result.code !== 0) throw refused({ git, ...checkout }, upstream, head, result);
  const tip = await git.get(["rev-parse", ref]);
  await git.get(["update-ref", "-d", ref]);
  return tip;
}

/** Whether a failure is that of a connection or of a server that is away, which may be over in a moment. */
export function isConnectionFault({ said }: Pick<GitResult, "said">): boolean {
  return /could not connect|couldn't connect|failed to connect|connection (?:refused|reset|timed out)|could not resolve|empty reply|timed out|returned error: 5\d\d|early EOF|hung up unexpectedly/i.test(
    said,
  );
}

export function localState({ branch, leftover }: Checkout, commit: string): string {
  return leftover ?? `commit ${shortId(commit)} is on your branch ${branch} and not pushed`;
}

function hasOthers(checkout: Checkout, { remote, branch }: Upstream, head: string) {
  return gitError(
    `${remote}/${branch}`,
    `it has moved on, and your branch has further commits, which cannot be made anew; ${localState(checkout, head)}`,
    `git pull --rebase ${remote} ${branch} && git push ${remote} HEAD:${branch}`,
  );
}

/** What a push says that has failed before the server had a say. */
export const UNREACHED = "git could not reach the server";

/** What git's words mean, in the order in which they are looked for. */
const MEANINGS: readonly (readonly [RegExp, string, string])[] = [
  [
    /\[remote rejected\]|pre-receive hook declined|protected branch/i,
    "the server refused the push",
    "as the server says; a protected branch takes a merge request: push HEAD to a branch of another name",
  ],
  [
    /authentication failed|could not read (?:username|password)|access denied|permission denied|\b40[13]\b|not allowed/i,
    "the server does not take the credentials, or there are none",
    "give git credentials that may write to this repository, then run the same command again",
  ],
  [
    /not found|does not (?:appear to be|exist)/i,
    "there is no such repository for these credentials",
    "correct the remote's URL: git remote set-url",
  ],
];

function refused(checkout: Checkout, { remote, branch }: Upstream, head: string, { out, said }: GitResult) {
  const words = `${said}\n${out}`;
  const [, meaning, fix] = MEANINGS.find(([pattern]) => pattern.test(words)) ?? [
    undefined,
    UNREACHED,
    "look at the network and the remote's URL, then run the same command again",
  ];
  const server = said.split("\n").filter((line) => line.startsWith("remote:"));
  const shown = server.length > 0 ? server.map((line) => line.trimEnd()) : said.split("\n");
  return gitError(`${remote}/${branch}`, `${meaning}; ${localState(checkout, head)}`, fix, shown.join("\n           "));
}
