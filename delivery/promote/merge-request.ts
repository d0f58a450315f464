import { gitError } from "../bump/checkout";
import { shortId } from "../bump/commit";
import { Git } from "../bump/git";
import { systemClock } from "../clock";
import { gitlabService } from "../gitlab/gitlab-service";
import { MergeRequests, type MergeRequest } from "../gitlab/merge-requests";
import { FACTORY_GITLAB_TOKEN } from "../gitlab/platform-token";
import type { Service } from "../http/service";
import { trustedAuthorities } from "../http/trust";
import { Secrets } from "../redeploy/secrets";
import { branchName } from "./branch-name";
import { GitHistory } from "./catalogue-history";
import { changedFiles, type ChangedFile } from "./changed-files";
import { slugOf } from "./choose-projects";
import { environmentsOf, projectFiles, type Environment } from "./environments";
import { hostingOf, type Hosting } from "./hosting";
import { COMMAND, type Plan, type PlanRequest } from "./plan";
import { planDescription, planTitle } from "./plan-report";
import { PlatformRemote } from "./platform-remote";
import { Scratch } from "./scratch";

/** How often the change is made anew while others change the same files. */
const ATTEMPTS = 5;

/** The commits of a branch that this command may put others in the place of. */
const TRAILER = "Factory-Promotion";

export interface MergeRequestOptions {
  /** The platform's folder in a clone. */
  readonly root: string;
  /** `promote-dev-to-staging` or `roll-back-prod`, from which the branch's name comes. */
  readonly step: string;
  /** As the user named them. */
  readonly projects: readonly string[];
  /** Makes the plan for the files of a commit. */
  readonly planAt: (at: Pick<PlanRequest, "root" | "history">) => Promise<Plan>;
  readonly tell: (line: string) => void;
  /** @default the project's default branch */
  readonly targetBranch?: string;
  readonly caFile?: string;
}

export interface Requested {
  readonly plan: Plan;
  readonly branch: string;
  /** Absent where there is nothing to promote. */
  readonly mergeRequest?: MergeRequest;
}

/**
 * Puts the plan for the target branch, as the server has it now, into one merge request: on a branch of the command's own,
 * which a second run finds again. The checkout and what is uncommitted there stay as they are.
 *
 * @throws UserError when Git or GitLab refuses, or others are quicker again and again
 */
export async function requestMerge(options: MergeRequestOptions, signal: AbortSignal): Promise<Requested> {
  const { root, tell } = options;
  const secrets = Secrets.read(process.env);
  secrets.demand([FACTORY_GITLAB_TOKEN]);
  const git = new Git(root);
  await demandClone(git);
  const environments = environmentsOf(root);
  const servers = environments.flatMap(({ config }) => config.gitlab?.url ?? []);
  const hosting = await hostingOf(git, [...inEnvironment("CI_SERVER_URL"), ...servers]);
  const api = new MergeRequests(serviceOf(hosting, options, secrets, signal));
  const project = await api.project(hosting.path);
  const target = options.targetBranch ?? project.defaultBranch;
  const { step, projects } = options;
  const known = projects.length === 0 ? [] : slugsOf(root, environments);
  const branch = branchName({ step, projects, known, ...(target !== project.defaultBranch && { target }) });
  const remote = new PlatformRemote(git, accessOf(hosting, options, secrets), tell, signal);
  try {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const done = await publish({ ...options, git, remote, target, branch });
      if (done === "moved") {
        tell(`others have just changed the same on ${target} or ${branch}: it is made anew`);
        continue;
      }
      if (done.moves.length === 0) return { plan: done, branch };
      const text = { source: branch, target, title: planTitle(done), description: planDescription(done) };
      return { plan: done, branch, mergeRequest: await api.put(project, text) };
    }
  } finally {
    await remote.close();
  }
  const message = `others have changed the same files at each of ${String(ATTEMPTS)} attempts`;
  throw gitError(`${hosting.path}: ${target}`, message, "run the same command again");
}

interface Publishing extends MergeRequestOptions {
  readonly git: Git;
  readonly remote: PlatformRemote;
  readonly target: string;
  readonly branch: string;
}

/** Makes the change on the target's tip, and pushes it. `moved`: others have changed the same in the meantime. */
async function publish(options: Publishing): Promise<Plan | "moved"> {
  const { git, remote, target, branch, root, tell } = options;
  const heads = await remote.heads(target, branch);
  await remote.fetch(heads.branch === undefined ? [target] : [target, branch]);
  const scratch = await Scratch.of(git, heads.target);
  try {
    const plan = await options.planAt({ root: scratch.root, history: new GitHistory(root, heads.target) });
    const changed = changedFiles(scratch.root, plan);
    if (changed.length === 0) return plan;
    const commit = await scratch.commit(changed, messageOf(plan, branch), process.env);
    const paths = scratch.paths(changed);
    if (heads.branch === undefined || !(await isThere(git, heads.branch, heads.target, commit, changed, paths))) {
      if (heads.branch !== undefined) await refuseOthers(git, heads.branch, heads.target, branch);
      if (!(await remote.push(branch, commit, heads.branch))) return "moved";
      tell(`pushed ${shortId(commit)} to ${branch}`);
    }
    const now = (await remote.heads(target, branch)).target;
    if (now === heads.target) return plan;
    await remote.fetch([target]);
    return (await isSame(git, heads.target, now, paths)) ? plan : "moved";
  } finally {
    scratch.close();
  }
}

/** Whether the branch says all of this already, and the target has not touched the files since it was made. */
async function isThere(
  git: Git,
  branch: string,
  target: string,
  commit: string,
  changed: readonly ChangedFile[],
  paths: readonly string[],
): Promise<boolean> {
  const base = await git.ask(["merge-base", branch, target]);
  if (base === undefined || changed.length === 0) return false;
  return (await isSame(git, branch, commit, paths)) && (await isSame(git, base, target, paths));
}

async function isSame(git: Git, one: string, other: string, paths: readonly string[]): Promise<boolean> {
  const places = paths.map((path) => `:(top,literal)${path}`);
  return (await git.try(["diff", "--quiet", one, other, "--", ...places])).code === 0;
}

/** What people have added to the branch would be lost. */
async function refuseOthers(git: Git, head: string, target: string, branch: string): Promise<void> {
  const format = `--format=%H%x00%an%x00%s%x00%(trailers:key=${TRAILER},valueonly)%x01`;
  const log = await git.get(["log", format, `${target}..${head}`]);
  const others = log.split("\x01").flatMap((one) => {
    const [id = "", author = "", title = "", key = ""] = one.trim().split("\0");
    return id === "" || key.trim() === branch ? [] : [`${shortId(id)} by ${author}: ${title}`];
  });
  if (others.length === 0) return;
  throw gitError(
    branch,
    "the branch has commits of others, which would be lost",
    "merge or close its merge request and delete the branch, then run the same command again",
    others.join("\n           "),
  );
}

async function demandClone(git: Git): Promise<void> {
  if ((await git.ask(["rev-parse", "--is-inside-work-tree"])) === "true") return;
  const fix = "name a clone of the platform's repository with --root, or go without --merge-request";
  throw gitError(git.folder, "the folder is in no Git repository", fix);
}

function messageOf(plan: Plan, branch: string): string {
  return `${planTitle(plan)}\n\n${TRAILER}: ${branch}`;
}

function slugsOf(root: string, environments: readonly Environment[]): readonly string[] {
  const files = environments.flatMap((environment) => [...projectFiles(root, environment).values()]);
  return [...new Set(files.map(slugOf))];
}

function inEnvironment(name: string): string[] {
  const value = process.env[name];
  return value === undefined || value === "" ? [] : [value];
}

function serviceOf(
  { url }: Hosting,
  { caFile, tell }: MergeRequestOptions,
  secrets: Secrets,
  signal: AbortSignal,
): Service {
  const token = secrets.get(FACTORY_GITLAB_TOKEN)?.text ?? "";
  const patience = { clock: systemClock, outageMs: 10_000, tell };
  const place = `${COMMAND}: the remote of the clone`;
  return gitlabService({ url, place, token, caFile, env: process.env, patience, signal });
}

/** By HTTP with the token, which git reads from the environment; by SSH with the user's own key. */
function accessOf({ remote }: Hosting, { caFile }: MergeRequestOptions, secrets: Secrets) {
  const found = secrets.get(FACTORY_GITLAB_TOKEN);
  const ca = trustedAuthorities(caFile, "--ca-file", process.env);
  const isHttp = /^https?:/.test(remote);
  return {
    url: remote,
    ...(isHttp && found !== undefined && { credentials: { user: "oauth2", variable: found.variable } }),
    ...(ca !== undefined && { ca }),
  };
}
