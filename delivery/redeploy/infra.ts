import { formatProblem, UserError } from "../../model/problem";
import type { Judged } from "../bump/judge";
import { versionOf } from "../bump/wanted";
import { noting, shortSha, type Delivery } from "./context";
import type { InfraClone } from "./infra-clone";
import type { State } from "./state";

/** Whether every place says the wanted version already: the documents' unchanged tag. */
export function isUnchanged(judged: readonly Judged[]): boolean {
  return judged.every(({ bumped }) => bumped.edits.length === 0);
}

export interface BumpStep {
  readonly clone: InfraClone;
  /** What an earlier run has left. */
  readonly earlier: State | undefined;
  /** Called before the push. */
  pushing(): void;
}

/** The commit in the infra repository that has the version, and what is to be told. */
export interface BumpResult {
  readonly commit: string;
  readonly message: string;
}

/**
 * Sets the image in the infra repository by one commit.
 *
 * @throws UserError when the server refuses the push, or somebody has set another version since an earlier run
 */
export async function bumpInfra(delivery: Delivery, { clone, earlier, pushing }: BumpStep): Promise<BumpResult> {
  const { request, plan, progress } = delivery;
  await clone.refresh();
  const judged = clone.judge(request);
  if (isUnchanged(judged)) {
    const commit = earlier?.bump ?? (await clone.lastChange());
    return { commit, message: `${shortSha(commit)} has set ${versionOf(request.wanted)} already` };
  }
  if (earlier?.bump !== undefined) throw await superseded(delivery, clone, judged, earlier.bump);
  const tell = noting(progress, "bump");
  for (const { file, bumped } of judged) {
    for (const { path, before, after } of bumped.changes) tell(`${file.name}: ${path}: ${before} → ${after}`);
  }
  pushing();
  const image = request.image ?? request.paths.join(", ");
  const message = `bump ${image} to ${versionOf(request.wanted)}`;
  const { commit, isThere } = await clone.push(judged, request, message);
  const place = `${plan.infra.branch} of ${plan.infra.name}`;
  return {
    commit,
    message: isThere ? `somebody else has set this version on ${place}` : `${shortSha(commit)} is pushed to ${place}`,
  };
}

async function superseded(
  delivery: Delivery,
  clone: InfraClone,
  judged: readonly Judged[],
  bump: string,
): Promise<UserError> {
  const changes = judged.flatMap(({ file, bumped }) =>
    bumped.changes.map(({ path, before }) => ({ file: file.name, path, before })),
  );
  const since = await clone.describe(await clone.lastChange());
  return new UserError(
    changes.map(({ file, path, before }) => ({
      severity: "error",
      file,
      path,
      value: `${before}, since ${since}`,
      message: `${shortSha(bump)} has set ${delivery.tag} here, and somebody has set another version since`,
      fix: "leave it at that; to set this version once more, run the same command with --restart",
    })),
  );
}

/** The documents' own warning, for each place. */
export function unchangedWarning(judged: readonly Judged[], tag: string): string {
  return judged
    .flatMap(({ file, bumped }) =>
      bumped.unchanged.map((path) =>
        formatProblem({
          severity: "warning",
          file: file.name,
          path,
          value: tag,
          message: "the image has this tag already: nothing will be redeployed",
          fix: "if the image was built anew, give the build a tag of its own: a commit of its own, or --tag",
        }).replace(/^warning: /, ""),
      ),
    )
    .join("\n");
}
