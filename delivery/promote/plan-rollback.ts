import { UserError, type Problem } from "../../model/problem";
import type { Project } from "../../model/project";
import { isFixedRevision } from "../../model/revision";
import { firstSource, revisionsOf, type Application, type HistoryEntry } from "../argocd/application";
import { describeCommit, type History, type PastCommit, type PastProject } from "./catalogue-history";
import { chooseProjects, slugOf } from "./choose-projects";
import { environmentsOf, findEnvironment, loadEnvironment, type LoadedEnvironment } from "./environments";
import { movesOf, withAfter, type Move, type WantedPins } from "./move";
import { hasPins, pinsOf, pinsOfSource } from "./pins";
import { COMMAND, movingProblems, type Plan, type PlanRequest } from "./plan";

/** The way back of one project. */
interface WayBack {
  readonly moves: readonly Move[];
  /** The commits that it takes back, the newest first. */
  readonly undone: readonly PastCommit[];
  /** The commit whose word counts again. */
  readonly to: PastCommit;
}

/**
 * What brings an environment back to the pins that it had before: those of the newest commit of the catalogue that had
 * others, and that Argo CD's history has too, where Argo CD can be asked.
 *
 * @throws UserError where there is nothing to go back to
 */
export async function planRollback(request: PlanRequest & { readonly to: string }): Promise<Plan> {
  const { root, history, projects: names, pin } = request;
  const place = { root, command: COMMAND, place: "--to" };
  const to = loadEnvironment(root, findEnvironment(request.to, environmentsOf(root), place));
  const projects = chooseProjects(names, to.platform.projects, { command: COMMAND, where: to.environment });
  const { applications, ...asked } = await askIfPossible(request, to);
  const ways: WayBack[] = [];
  const problems: Problem[] = [];
  for (const project of projects) {
    const way = await wayBack(history, project, to, applications);
    if (!("severity" in way)) ways.push(way);
    // Of projects that nobody has named, those that have always been as they are just stay so.
    else if (names.length > 0) problems.push(way);
  }
  const written = ways.flatMap(({ moves }) => moves);
  const moves = pin ? pinned(written, projects, applications) : written;
  const wrong = [...problems, ...movingProblems(to, moves)];
  if (moves.length === 0 && wrong.length === 0) wrong.push(noWay(to));
  if (wrong.length > 0) throw new UserError(wrong);
  const grounds = ways.map((way) => `${projectOf(way)}: as of ${describeCommit(way.to)}`);
  const warnings = [...asked.warnings, ...ways.flatMap((way) => undoing(way, to))];
  return { from: to, to, moves, grounds: [...asked.grounds, ...grounds], warnings };
}

/** In an emergency Argo CD may be away; the catalogue's history then has to do. */
async function askIfPossible({ ask }: PlanRequest, to: LoadedEnvironment) {
  try {
    const { from, applications } = await ask(to.stack);
    const grounds = [`${to.environment} ran this before, by Argo CD's history, asked of ${from}`];
    return { applications, grounds, warnings: [] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const warnings = error.problems.map((problem): Problem => {
      const message = `whether ${to.environment} has run this before is told by the catalogue alone: ${problem.message}`;
      return { ...problem, severity: "warning", message };
    });
    return { applications: undefined, grounds: [], warnings };
  }
}

async function wayBack(
  history: History,
  now: Project,
  { environment, config, stack }: LoadedEnvironment,
  applications: readonly Application[] | undefined,
): Promise<WayBack | Problem> {
  const newer: PastProject[] = [];
  let differed = false;
  for await (const past of history.past(now.file, environment, config)) {
    const wanted = past.project?.repositories.map((one): WantedPins => ({ repository: one.name, pins: pinsOf(one) }));
    const moves = wanted === undefined ? [] : movesOf(now, wanted, environment);
    differed ||= moves.length > 0;
    if (wanted !== undefined && moves.length > 0 && haveRun(now, wanted, moves, applications)) {
      return { moves, to: past.commit, undone: undoneBy([...newer, past]) };
    }
    newer.push(past);
  }
  const problem = { severity: "error", file: now.file, path: `environments.${environment}` } as const;
  if (differed) {
    return {
      ...problem,
      message: `none of the earlier pins is in Argo CD's history of ${environment}: they were never synchronised there`,
      fix: `write the revision by hand; what ran is in: argocd app history, or pulumi stack history --stack ${stack}`,
    };
  }
  const rest = (await history.isShallow())
    ? "; this clone has not the whole of it: GIT_DEPTH: 0, or git fetch --unshallow"
    : "";
  return {
    ...problem,
    message: "there is no previous: the catalogue's history knows no other pins",
    fix: `write the revision by hand${rest}`,
  };
}

/** Whether Argo CD has synchronised each of the repositories that change at these pins. */
function haveRun(
  now: Project,
  wanted: readonly WantedPins[],
  moves: readonly Move[],
  applications: readonly Application[] | undefined,
): boolean {
  if (applications === undefined) return true;
  const changing = wanted.filter(({ repository }) => moves.some((move) => move.repository === repository));
  return changing.every((pins) => historyEntry(now, pins, applications) !== undefined);
}

/** The last synchronisation at these pins. */
function historyEntry(
  { repositories }: Project,
  { repository, pins }: WantedPins,
  applications: readonly Application[],
): HistoryEntry | undefined {
  const name = repositories.find((one) => one.name === repository)?.applicationName;
  const history = applications.find(({ metadata }) => metadata.name === name)?.status?.history ?? [];
  return [...history]
    .sort((one, other) => (other.id ?? 0) - (one.id ?? 0))
    .find((entry) => hasPins(pinsOfSource(firstSource(entry) ?? { repoURL: "" }), pins));
}

/** `--pin`: the commit that ran in the place of a revision that moves on. */
function pinned(
  moves: readonly Move[],
  projects: readonly Project[],
  applications: readonly Application[] = [],
): readonly Move[] {
  return withAfter(moves, (move) => {
    const project = projects.find((one) => slugOf(one) === move.project);
    if (project === undefined || move.kind !== "revision" || isFixedRevision(move.after)) return undefined;
    const pins = [{ kind: "revision", name: "", value: move.after } as const];
    return revisionsOf(historyEntry(project, { repository: move.repository, pins }, applications))[0];
  });
}

/** The commits that have changed the pins since: each of these states differs from the one before it. */
function undoneBy(states: readonly PastProject[]): readonly PastCommit[] {
  const texts = states.map(({ project }) =>
    JSON.stringify(project?.repositories.map((one) => [one.name, pinsOf(one)]) ?? []),
  );
  return states.slice(0, -1).flatMap(({ commit }, index) => (texts[index] === texts[index + 1] ? [] : [commit]));
}

function undoing({ moves: [move], undone }: WayBack, { environment }: LoadedEnvironment): Problem[] {
  if (move === undefined || undone.length === 0) return [];
  return [
    {
      severity: "warning",
      file: move.file,
      path: `environments.${environment}`,
      value: undone.map(describeCommit).join("\n           "),
      message: `this takes back what ${move.project} got in ${environment} by ${undone.length === 1 ? "this commit" : "these commits"}`,
      fix: "see that what they mended is not needed there, and that data can go back too",
    },
  ];
}

function projectOf({ moves }: WayBack): string {
  return moves[0]?.project ?? "";
}

function noWay({ environment }: LoadedEnvironment): Problem {
  return {
    severity: "error",
    file: COMMAND,
    path: "--to-previous",
    message: `there is no previous: no project has had other pins in ${environment}, as far as the catalogue and Argo CD know`,
    fix: "write the revision by hand",
  };
}
