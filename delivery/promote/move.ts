import type { Project, Repository } from "../../model/project";
import { slugOf } from "./choose-projects";
import { isSameBut, pinsOf, valueOf, type Pin, type PinKey } from "./pins";

/** One pin that gets another value in an environment. */
export interface Move extends PinKey {
  /** The project's file of the catalogue, relative to the project's folder. */
  readonly file: string;
  /** `acme/shop` */
  readonly project: string;
  readonly repository: string;
  /** Absent where the environment has none yet. */
  readonly before?: string;
  readonly after: string;
}

/** The pins that a repository is to have in an environment. */
export interface WantedPins {
  readonly repository: string;
  readonly pins: readonly Pin[];
}

/**
 * What has to change in a project for it to have these pins.
 *
 * @param to the project as it is in the environment that changes
 * @param source the environment that the pins are of: what differs by its name alone is no move
 */
export function movesOf(to: Project, wanted: readonly WantedPins[], source: string): readonly Move[] {
  return wanted.flatMap(({ repository: name, pins }) => {
    const repository = to.repositories.find((one) => one.name === name);
    if (repository === undefined) return [];
    const now = pinsOf(repository);
    return pins.flatMap((pin): Move[] => {
      const before = valueOf(now, pin);
      if (before !== undefined && isSameBut(pin.value, source, before, to.environment)) return [];
      if (!takes(repository, pin)) return [];
      const place = { file: to.file, project: slugOf(to), repository: name, kind: pin.kind, name: pin.name };
      return [{ ...place, ...(before !== undefined && { before }), after: pin.value }];
    });
  });
}

/** A repository that has become one of another kind has no images or no parameters any more. */
function takes({ sources: [{ kind }] }: Repository, pin: Pin): boolean {
  switch (pin.kind) {
    case "revision":
      return true;
    case "image":
      return kind === "kustomize";
    case "parameter":
      return kind === "helm";
  }
}

/** The same moves with another value for some: `--pin`. */
export function withAfter(moves: readonly Move[], after: (move: Move) => string | undefined): readonly Move[] {
  return moves
    .map((move) => ({ ...move, after: after(move) ?? move.after }))
    .filter((move) => move.after !== move.before);
}
