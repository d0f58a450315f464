import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../model/problem";
import { EVENTS } from "../engine/engine-event";
import { clearOutput } from "../output-file";
import { askPulumi, type PulumiContext } from "../pulumi-command";
import { forArtifacts, forLogs } from "./showable-texts";
import { PLAN_FILES, type PlanOrigin, sha256, writeOrigin } from "./origin";
import { demandPulumi, pulumiFailed, pulumiFound } from "./pulumi-answer";
import { readSourceTree } from "./source-tree";
import { readStackState } from "./stack-state";
import { readTold, type Told } from "./told";

export interface PlanOptions {
  readonly stack: string;
  /** The folder that gets the plan; what an earlier one left there is replaced. */
  readonly output: string;
  /** Folders of policy packs. */
  readonly policyPacks: readonly string[];
  /** Whether the live objects are read first, so that drift shows. */
  readonly refresh: boolean;
}

export interface MadePlan {
  readonly origin: PlanOrigin;
  /** What a log should have of the preview. */
  readonly told: readonly Told[];
}

/**
 * Previews a stack and keeps what `factory apply` needs to do just that.
 *
 * @throws UserError when the preview fails, or a mandatory policy stops it; the plan is not kept then, and what the engine
 * or the error says is: a review of the other stacks alone would read as if this one did not change
 */
export async function makePlan(context: PulumiContext, options: PlanOptions): Promise<MadePlan> {
  const { output } = options;
  clearOutput(output, Object.values(PLAN_FILES));
  try {
    return await planned(context, options);
  } catch (error) {
    if (error instanceof UserError) keepFailure(join(output, PLAN_FILES.preview), error);
    throw error;
  }
}

/** As the engine would tell it, where the engine has not told itself why the plan is not there. */
export function keepFailure(file: string, { message }: UserError): void {
  const known = existsSync(file) ? readFileSync(file, "utf8") : "";
  // Half a line may be the last.
  const lines = known.split("\n").filter((line) => line.endsWith("}"));
  if (toldOf(lines.join("\n"), (text) => text).some(isReason)) return;
  const timestamp = Math.floor(Date.now() / 1000);
  const event = { sequence: lines.length, timestamp, diagnosticEvent: { message, severity: "error" } };
  writeFileSync(file, [...lines, `${JSON.stringify(event)}\n`].join("\n"));
}

/** `preview failed` is the engine's last word on everything. */
function isReason(one: Told): boolean {
  if (one.kind === "finding") return one.isMandatory;
  return one.kind === "said" && one.severity === "error" && one.text !== "preview failed";
}

function toldOf(events: string, show: (text: string) => string): Told[] {
  return events.split("\n").flatMap((line) => readTold(line, show) ?? []);
}

async function planned(context: PulumiContext, options: PlanOptions): Promise<MadePlan> {
  const { stack, output, refresh } = options;
  const source = await readSourceTree(context.root, stack);
  const state = await readStackState(context, stack);
  const draft = join(output, `${PLAN_FILES.plan}.new`);
  const args = ["preview", "--stack", stack, "--non-interactive", "--json", "--save-plan", draft];
  const answer = await pulumiFound(
    askPulumi({ ...context, env: { ...context.env, ...EVENTS } }, [...args, ...engineFlags(options)]),
  );
  context.signal.throwIfAborted();
  writeFileSync(join(output, PLAN_FILES.preview), forArtifacts()(answer.stdout));
  const told = toldOf(answer.stdout, forLogs());
  if (answer.exitCode !== 0) {
    rmSync(draft, { force: true });
    throw previewFailed(stack, told, answer.stderr);
  }
  renameSync(draft, join(output, PLAN_FILES.plan));
  const plan = readFileSync(join(output, PLAN_FILES.plan), "utf8");
  const origin: PlanOrigin = {
    version: 1,
    project: state.project ?? projectOf(plan),
    stack,
    ...source,
    state: state.digest,
    plan: sha256(plan),
    refreshed: refresh,
    pulumi: (await demandPulumi(context, ["version"], "tell its version")).stdout.trim(),
    createdAt: new Date().toISOString(),
  };
  writeOrigin(output, origin);
  return { origin, told };
}

/** What `preview` and `up` have to be given alike. */
export function engineFlags({ policyPacks, refresh }: Pick<PlanOptions, "policyPacks" | "refresh">): string[] {
  return [...policyPacks.flatMap((pack) => ["--policy-pack", pack]), ...(refresh ? ["--refresh"] : [])];
}

/** The Pulumi project that a plan is for, from the URN of any of its resources. */
export function projectOf(plan: string): string {
  return /"urn:pulumi:.+?::(.+?)::/.exec(plan)?.[1] ?? "";
}

function previewFailed(stack: string, told: readonly Told[], said: string): UserError {
  const findings = told.flatMap((one) => (one.kind === "finding" && one.isMandatory ? [one] : []));
  const errors = told.flatMap((one) => (one.kind === "said" && one.severity === "error" ? [one.text] : []));
  if (findings.length === 0) {
    return pulumiFailed(`preview the stack ${stack}`, errors.length > 0 ? errors.join("\n") : said);
  }
  return new UserError(
    findings.map(({ rule, text }) => ({
      severity: "error",
      file: `stack ${stack}`,
      path: rule,
      message: text.replace(/\.$/, "").replaceAll("\n", "\n  "),
      fix: "do as it says; `npx factory policies` tells the reason of each rule, and how a stack sets its level",
    })),
  );
}
