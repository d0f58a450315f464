import { environmentsBefore, isProduction } from "../../model/environment-order";
import type { Project } from "../../model/project";
import { environmentsOf as environmentsOfProject } from "../../model/resolve-project";
import { isFixedRevision } from "../../model/revision";
import { firstSource, revisionsOf } from "../argocd/application";
import type { FoundApplications } from "../status/sources";
import type { History, PastCommit, PastProject } from "./catalogue-history";
import { chooseProjects, slugOf } from "./choose-projects";
import { loadEnvironment, projectFiles, type Environment, type LoadedEnvironment } from "./environments";
import { movesOf, type Move, type WantedPins } from "./move";
import { hasPins, isSameBut, pinsOf, pinsOfSource, valueOf, type Pin } from "./pins";
import { COMMAND } from "./plan";

/** A whole commit id, as `--pin` writes it; of SHA-256, too. */
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Why an environment may have a pin, or what speaks against it. */
export type Ground =
  /** The environment before it has had the pin since this commit. */
  | { readonly kind: "promoted"; readonly commit: PastCommit }
  /** It has had the pin itself, which is a roll-back. */
  | { readonly kind: "returned"; readonly commit: PastCommit }
  /** Argo CD's history of the environment before it has the pin. */
  | { readonly kind: "ran"; readonly askedOf: string }
  /** A commit, where the environment before it follows a branch: which commits it ran, the catalogue cannot tell. */
  | { readonly kind: "untold" }
  /** Nothing of this; `had` is what the environment before it has had, the newest first. */
  | { readonly kind: "never"; readonly had: readonly string[] };

/** A pin that is another one than at the base. */
export interface CheckedPin {
  readonly move: Move;
  /** The environment that the pin comes from. */
  readonly from: string;
  readonly to: string;
  readonly ground: Ground;
}

export interface CheckRequest {
  readonly root: string;
  /** What the catalogue said up to the base. */
  readonly history: History;
  readonly all: readonly Environment[];
  readonly targets: readonly Environment[];
  /** `shop` or `acme/shop`; all where none is named. */
  readonly projects: readonly string[];
  /** Asks Argo CD for the Applications of a stack; absent where Git alone is to tell. */
  readonly ask?: (stack: string) => Promise<FoundApplications>;
}

/** The environments that hold what people rely on: called so, or with `deletion.protect`. */
export function productionOf(all: readonly Environment[]): readonly Environment[] {
  return all.filter(({ environment, config }) => isProduction(environment) || config.deletion?.protect === true);
}

/**
 * Looks whether environments have only pins that the environment before them had first, or that they had themselves. A
 * repository or a project that is new since the base has no environment to come from, and is left out.
 *
 * @throws UserError where the files, the history or Argo CD cannot be read
 */
export async function checkPins(request: CheckRequest): Promise<readonly CheckedPin[]> {
  const changed = new Set(await request.history.changed());
  const checked: CheckedPin[] = [];
  for (const target of request.targets) {
    const to = loadEnvironment(request.root, target);
    const files = projectFiles(request.root, to);
    const where = { command: COMMAND, where: to.environment };
    for (const project of chooseProjects(request.projects, to.platform.projects, where)) {
      const file = files.get(project.file);
      if (!changed.has(project.file) || file === undefined) continue;
      const [before] = environmentsBefore(to.environment, request.all).filter((one) =>
        environmentsOfProject(file).includes(one),
      );
      const from = request.all.find(({ environment }) => environment === before);
      if (from !== undefined) checked.push(...(await checkProject(request, project, from, to)));
    }
  }
  return checked;
}

async function checkProject(
  { history, ask }: CheckRequest,
  project: Project,
  from: Environment,
  to: LoadedEnvironment,
): Promise<readonly CheckedPin[]> {
  const past = async ({ environment, config }: Environment): Promise<PastProject[]> => {
    const states: PastProject[] = [];
    for await (const state of history.past(project.file, environment, config)) states.push(state);
    return states;
  };
  const [theirs, own] = [await past(from), await past(to)];
  const moves = changesOf(project, own[0]?.project, theirs[0]?.project);
  const pins: CheckedPin[] = [];
  for (const move of moves) {
    let ground = groundOf(move, { from, to, theirs, own });
    if (ask !== undefined && (ground.kind === "never" || ground.kind === "untold")) {
      ground = ranOf(move, theirs, await ask(from.stack)) ?? { kind: "never", had: valuesIn(theirs, move) };
    }
    pins.push({ move, from: from.environment, to: to.environment, ground });
  }
  return pins;
}

/** What has changed since the base, of repositories that it knows. */
function changesOf(now: Project, base: Project | undefined, source: Project | undefined): readonly Move[] {
  if (base !== undefined) {
    const wanted = now.repositories.map((one): WantedPins => ({ repository: one.name, pins: pinsOf(one) }));
    return movesOf(base, wanted, now.environment);
  }
  // The project has just come to this environment: all that it has there is new.
  const known = new Set(source?.repositories.map(({ name }) => name));
  return now.repositories
    .filter(({ name }) => known.has(name))
    .flatMap((repository) =>
      pinsOf(repository).map(({ kind, name, value }) => {
        return { file: now.file, project: slugOf(now), repository: repository.name, kind, name, after: value };
      }),
    );
}

interface Pasts {
  readonly from: Environment;
  readonly to: Environment;
  /** The states of the project in `from`, the newest first, and in `to`. */
  readonly theirs: readonly PastProject[];
  readonly own: readonly PastProject[];
}

/** What Git tells. */
function groundOf(move: Move, { from, to, theirs, own }: Pasts): Ground {
  const had = (states: readonly PastProject[], environment: string): PastCommit | undefined =>
    states.find((state) => {
      const value = pinIn(state, move);
      return value !== undefined && isSameBut(move.after, to.environment, value, environment);
    })?.commit;
  const [promoted, returned] = [had(theirs, from.environment), had(own, to.environment)];
  if (promoted !== undefined) return { kind: "promoted", commit: promoted };
  if (returned !== undefined) return { kind: "returned", commit: returned };
  const values = valuesIn(theirs, move);
  const followsBranch = move.kind === "revision" && values.some((value) => !isFixedRevision(value));
  if (followsBranch && COMMIT.test(move.after)) return { kind: "untold" };
  return { kind: "never", had: values };
}

function valuesIn(states: readonly PastProject[], move: Move): readonly string[] {
  return [...new Set(states.map((state) => pinIn(state, move)).filter((value) => value !== undefined))];
}

function pinIn({ project }: PastProject, move: Move): string | undefined {
  const repository = project?.repositories.find(({ name }) => name === move.repository);
  return repository && valueOf(pinsOf(repository), move);
}

/** What Argo CD's history tells beyond that: by the pin, or by the commit that a branch was at. */
function ranOf(
  move: Move,
  states: readonly PastProject[],
  { from, applications }: FoundApplications,
): Ground | undefined {
  const repository = states
    .find(({ project }) => project !== undefined)
    ?.project?.repositories.find(({ name }) => name === move.repository);
  const application = applications.find(({ metadata }) => metadata.name === repository?.applicationName);
  const pin: Pin = { kind: move.kind, name: move.name, value: move.after };
  const ran = (application?.status?.history ?? []).some(
    (entry) =>
      (move.kind === "revision" && revisionsOf(entry)[0] === move.after) ||
      hasPins(pinsOfSource(firstSource(entry) ?? { repoURL: "" }), [pin]),
  );
  return ran ? { kind: "ran", askedOf: from } : undefined;
}
