import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Problem } from "../../model/problem";
import { EVENTS } from "../engine/engine-event";
import { askPulumi, followPulumi, type PulumiContext } from "../pulumi-command";
import { forLogs } from "../plan/showable-texts";
import { engineFlags, type PlanOptions } from "../plan/make-plan";
import { demandPulumi, pulumiFailed, pulumiFound } from "../plan/pulumi-answer";
import { readSourceTree } from "../plan/source-tree";
import { readStackState } from "../plan/stack-state";
import { readTold, type Told } from "../plan/told";
import { parseUrn } from "../preview/urn";
import { foreignness, type FoundPlan, movedFiles, movedState } from "./moved";
import { PlanRefusal, refused } from "./refusal";

export interface ApplyOptions extends Omit<PlanOptions, "output"> {
  /** Told of each step, warning and finding as it comes. */
  readonly tell: (one: Told) => void;
}

export interface Applied {
  readonly result: "applied" | "nothing to do";
  /** How many resources were created, updated, … */
  readonly changes: Readonly<Record<string, number>>;
}

/**
 * Does what was planned, and no more.
 *
 * @throws PlanRefusal when the plan is another stack's, or the files, the state or the cluster have moved since; nothing
 * was changed then, unless the last of these was noticed in the middle
 */
export async function applyPlan(context: PulumiContext, found: FoundPlan, options: ApplyOptions): Promise<Applied> {
  const { stack } = options;
  const pulumi = (await demandPulumi(context, ["version"], "tell its version")).stdout.trim();
  refuse(foreignness(found, stack, pulumi));
  refuse(movedFiles(found, await readSourceTree(context.root, stack)));
  const { digest } = await readStackState(context, stack);
  const moved = movedState(found, stack, digest);
  const flags = { ...options, refresh: found.origin.refreshed };
  // Whoever runs the job a second time has applied the plan themselves.
  if (moved.length > 0 && (await isUpToDate(context, flags))) return { result: "nothing to do", changes: {} };
  refuse(moved);
  const folder = mkdtempSync(join(tmpdir(), "factory-apply-"));
  try {
    const file = join(folder, "plan.json");
    writeFileSync(file, found.plan, { mode: 0o600 });
    return await update(context, flags, ["--plan", file], found);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Updates the stack to whatever the files say: for a first update, and for those who have looked themselves. */
export function applyWithoutPlan(context: PulumiContext, options: ApplyOptions): Promise<Applied> {
  return update(context, options, []);
}

async function isUpToDate(context: PulumiContext, options: ApplyOptions): Promise<boolean> {
  const args = ["preview", "--stack", options.stack, "--non-interactive", "--json", "--expect-no-changes"];
  const { exitCode } = await askPulumi(context, [...args, ...engineFlags(options)]);
  context.signal.throwIfAborted();
  return exitCode === 0;
}

async function update(
  context: PulumiContext,
  options: ApplyOptions,
  plan: readonly string[],
  found?: FoundPlan,
): Promise<Applied> {
  const { stack, tell } = options;
  // The preview comes first: what the plan does not allow is then noticed before anything is changed.
  const args = ["up", "--stack", stack, "--yes", "--non-interactive", "--json", ...plan, ...engineFlags(options)];
  const all: Told[] = [];
  const told = new Set<string>();
  const show = forLogs();
  const { exitCode, stderr } = await pulumiFound(
    followPulumi({ ...context, env: { ...context.env, ...EVENTS } }, args, (line) => {
      const one = readTold(line, show);
      if (one === undefined) return;
      all.push(one);
      // The preview before the update finds what the update finds.
      const said = JSON.stringify(one);
      if (one.kind === "step" || !told.has(said)) tell(one);
      told.add(said);
    }),
  );
  context.signal.throwIfAborted();
  const violations = all.flatMap((one) => (one.kind === "violation" ? [one] : []));
  if (violations.length > 0 && found !== undefined) {
    const { place, again } = found;
    throw new PlanRefusal(
      unique(violations.map(({ resource, text }) => `${parseUrn(resource)?.name ?? resource}: ${text}`)).map((value) =>
        refused(place, { message: "the update would do what the plan does not say", value, fix: again }),
      ),
    );
  }
  if (exitCode !== 0) {
    const errors = all.flatMap((one) => (one.kind === "said" && one.severity === "error" ? [one.text] : []));
    throw pulumiFailed(`update the stack ${stack}`, errors.length > 0 ? errors.join("\n") : stderr);
  }
  const summary = all.findLast((one) => one.kind === "summary");
  return { result: "applied", changes: summary?.changes ?? {} };
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new PlanRefusal(problems);
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
