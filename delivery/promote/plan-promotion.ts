import { plural } from "../../model/plural";
import { UserError, type Problem } from "../../model/problem";
import type { Project, Repository } from "../../model/project";
import { environmentsOf as environmentsOfProject } from "../../model/resolve-project";
import { isFixedRevision } from "../../model/revision";
import type { FoundApplications } from "../status/sources";
import { chooseProjects, projectsOfEither, slugOf } from "./choose-projects";
import {
  environmentsOf,
  findEnvironment,
  loadEnvironment,
  projectFiles,
  stepProblem,
  type Environment,
  type LoadedEnvironment,
} from "./environments";
import { movesOf, type Move, type WantedPins } from "./move";
import { pinsOf, type Pin } from "./pins";
import { COMMAND, movingProblems, together, type Plan, type PlanRequest } from "./plan";
import { judgeRunning } from "./running";

/** A project in the environment that its pins come from, and in the one that they go to. */
interface Pair {
  readonly from: Project;
  readonly to: Project;
}

/**
 * What moves from one environment to the next: the pins of what runs there, once it is found to run just that, and well.
 *
 * @throws UserError with all reasons against it, of all projects
 */
export async function planPromotion(
  request: PlanRequest & { readonly from: string; readonly to: string },
): Promise<Plan> {
  const { root, pin, ask } = request;
  const all = environmentsOf(root);
  const find = (name: string, place: string): Environment =>
    findEnvironment(name, all, { root, command: COMMAND, place });
  const [source, target] = [find(request.from, "--from"), find(request.to, "--to")];
  refuseSame(source, target);
  refuseOtherCatalogue(source, target);
  const [from, to] = [loadEnvironment(root, source), loadEnvironment(root, target)];
  const pairs = pairsOf(request.projects, from, to);
  refuseSteps(root, from, to, all, pairs);
  const concerned = pairs.flatMap((pair) => concernedIn(pair, pin));
  if (concerned.length === 0) return { from, to, moves: [], grounds: [], warnings: [] };
  const found = await ask(from.stack);
  const { commits, problems } = judgeAll(concerned, found, from);
  const moves = pairs.flatMap((pair) => movesWith(pair, pin ? commits : new Map()));
  const wrong = [...problems, ...(pin ? [] : movingProblems(to, moves))];
  if (wrong.length > 0) throw new UserError(wrong);
  const count = plural(concerned.length, "Application");
  const grounds = [`${from.environment} runs this, Synced and Healthy: ${count}, asked of ${found.from}`];
  return { from, to, moves, grounds, warnings: [] };
}

function refuseSame(from: Environment, to: Environment): void {
  if (from.environment !== to.environment) return;
  const message = "both are the same environment";
  const fix = "name the environment that comes after it by --to";
  const place = { file: COMMAND, path: "--from, --to", value: to.environment };
  throw new UserError([{ severity: "error", ...place, message, fix }]);
}

function refuseOtherCatalogue(from: Environment, to: Environment): void {
  const [one = "catalog", other = "catalog"] = [from.config.catalog, to.config.catalog];
  if (one === other) return;
  throw new UserError([
    {
      severity: "error",
      file: `Pulumi.${to.stack}.yaml`,
      path: "catalog",
      value: other,
      message: `${from.environment} and ${to.environment} have catalogues of their own, between which nothing moves`,
      allowed: `${one}, as in Pulumi.${from.stack}.yaml`,
      fix: "keep both in one catalogue, or copy the change by hand",
    },
  ]);
}

function pairsOf(names: readonly string[], from: LoadedEnvironment, to: LoadedEnvironment): readonly Pair[] {
  const where = `${from.environment} or ${to.environment}`;
  const chosen = chooseProjects(names, projectsOfEither(from.platform, to.platform), { command: COMMAND, where });
  const missing: Problem[] = [];
  const pairs = chosen.flatMap((project): Pair[] => {
    const [source, target] = [from, to].map(({ platform }) =>
      platform.projects.find((one) => slugOf(one) === slugOf(project)),
    );
    if (source !== undefined && target !== undefined) return [{ from: source, to: target }];
    // Of projects that nobody has named, those that one of the two does not have are no matter.
    if (names.length > 0) missing.push(missingFrom(project, source === undefined ? from : to));
    return [];
  });
  if (missing.length > 0) throw new UserError(missing);
  return pairs;
}

function missingFrom({ file }: Project, { environment }: LoadedEnvironment): Problem {
  return {
    severity: "error",
    file,
    path: "environments",
    message: `the project is not in ${environment}`,
    fix: `add ${environment} to its environments, or name ones that it has`,
  };
}

function refuseSteps(
  root: string,
  from: LoadedEnvironment,
  to: LoadedEnvironment,
  all: readonly Environment[],
  pairs: readonly Pair[],
): void {
  const files = projectFiles(root, to);
  const step = { from: from.environment, to: to.environment, stack: to.stack, all };
  const environments = all.map(({ environment }) => environment);
  const problems =
    pairs.length === 0
      ? [stepProblem(step, environments, { file: COMMAND, path: "--from, --to" })]
      : pairs.map(({ to: { file, ...project } }) => {
          const read = files.get(file);
          const has = read === undefined ? environments : environmentsOfProject(read);
          return stepProblem(step, has, { file: COMMAND, path: slugOf(project) });
        });
  const wrong = problems.filter((problem) => problem !== undefined);
  if (wrong.length > 0) throw new UserError(together(wrong));
}

/** The repositories whose pins may move, as the source environment has them. */
function concernedIn(pair: Pair, pin: boolean): readonly Repository[] {
  const moves = movesWith(pair, new Map());
  return pair.from.repositories.filter((repository) => {
    const isMoving = !isFixedRevision(repository.sources[0].revision);
    const isThere = pair.to.repositories.some(({ name }) => name === repository.name);
    return isThere && ((pin && isMoving) || moves.some((move) => move.repository === repository.name));
  });
}

/** @param commits by the Application's name, what is written in the place of a revision that moves on */
function movesWith({ from, to }: Pair, commits: ReadonlyMap<string, string>): readonly Move[] {
  const wanted = from.repositories.map((repository): WantedPins => {
    const commit = commits.get(repository.applicationName);
    const pinned = (pin: Pin): Pin =>
      pin.kind === "revision" && commit !== undefined && !isFixedRevision(pin.value) ? { ...pin, value: commit } : pin;
    return { repository: repository.name, pins: pinsOf(repository).map(pinned) };
  });
  return movesOf(to, wanted, from.environment);
}

function judgeAll(
  concerned: readonly Repository[],
  { from, applications }: FoundApplications,
  { stack }: LoadedEnvironment,
): { readonly commits: ReadonlyMap<string, string>; readonly problems: readonly Problem[] } {
  const commits = new Map<string, string>();
  const problems: Problem[] = [];
  for (const repository of concerned) {
    const application = applications.find(({ metadata }) => metadata.name === repository.applicationName);
    const running = judgeRunning(application, repository, { from, stack });
    problems.push(...running.problems);
    if (running.commit !== undefined) commits.set(repository.applicationName, running.commit);
  }
  return { commits, problems };
}
