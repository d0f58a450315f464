import { Command, Option } from "commander";
import { resolve } from "node:path";
import { formatProblem } from "../model/problem";
import { rootOption } from "./common-options";
import { unifiedDiff } from "./bump/diff";
import { writeFiles } from "./bump/files";
import { ExitCode } from "./exit-code";
import { interruptible } from "./interruptible";
import { askApplications, type AskFlags } from "./promote/ask-applications";
import { GitHistory } from "./promote/catalogue-history";
import { changedFiles, type ChangedFile } from "./promote/changed-files";
import { lineEdits } from "./promote/line-edits";
import { requestMerge } from "./promote/merge-request";
import { COMMAND, type Plan, type PlanRequest } from "./promote/plan";
import { planPromotion } from "./promote/plan-promotion";
import { runCheck } from "./promote/run-check";
import { planRollback } from "./promote/plan-rollback";
import { jsonPlan, moveLine } from "./promote/plan-report";

interface PromoteFlags extends AskFlags {
  readonly from?: string;
  /** Always there without `check`. */
  readonly to: string;
  readonly toPrevious?: true;
  readonly check?: true;
  readonly base?: string;
  readonly pin?: true;
  readonly write?: true;
  readonly mergeRequest?: true;
  readonly targetBranch?: string;
  readonly json?: true;
}

/** What --check does not do. */
const CHANGES = ["from", "toPrevious", "pin", "write", "mergeRequest", "targetBranch"];

/** `factory promote`: moves revisions and image tags from one environment to the next. */
export function promoteCommand(): Command {
  return new Command("promote")
    .description("moves what one environment runs to the next, in the catalogue")
    .argument("[project...]", "shop or acme/shop; all of them when left out")
    .addOption(new Option("--from <environment>", "where it runs, and runs well").conflicts("toPrevious"))
    .option("--to <environment>", "what comes after it")
    .option("--to-previous", "goes back to what --to ran before")
    .addOption(new Option("--check", "whether production has only what was promoted").conflicts(CHANGES))
    .option("--base <commit>", "what that compares with; the merge request's, else HEAD")
    .option("--pin", "writes the commit that runs in the place of a branch")
    .addOption(new Option("--write", "changes the files").conflicts("mergeRequest"))
    .option("--merge-request", "puts the change into a merge request on GitLab")
    .option("--target-branch <name>", "what that is merged into; its default branch")
    .option("--server <url>", "asks this Argo CD, with ARGOCD_AUTH_TOKEN")
    .option("--config <file>", "asks the Argo CDs of this redeploy.yaml")
    .option("--ca-file <file>", "PEM of the authority of Argo CD and GitLab")
    .addOption(new Option("--kubeconfig <file>", "asks this cluster").conflicts(["server", "config"]))
    .addOption(new Option("--context <name>", "asks the cluster of it").conflicts(["server", "config"]))
    .addOption(rootOption())
    .option("--json", "prints the result as JSON on standard output")
    .addHelpText("after", help)
    .action((projects: string[], flags: PromoteFlags, command: Command) => {
      const wanted = { ...flags, root: resolve(flags.root) };
      if (flags.check === true) return interruptible((signal) => runCheck(projects, wanted, signal));
      if ((flags.to as string | undefined) === undefined) {
        command.error("error: required option '--to <environment>' not specified");
      }
      if (flags.from === undefined && flags.toPrevious !== true) {
        command.error("error: one of --from, --to-previous and --check is needed");
      }
      if (flags.base !== undefined) command.error("error: option '--base <commit>' needs '--check'");
      return interruptible((signal) => run(projects, wanted, signal));
    });
}

const help = `
Prints the change as a diff unless --write or --merge-request is given. --from
must run just what the catalogue says of it, Synced and Healthy; no environment
between is left out; production gets no branch. Whoever is asked is asked as by
factory status, by default the cluster of the stack. FACTORY_GITLAB_TOKEN is for
the merge request, which a second run brings up to date.

--check changes nothing: it looks at each pin of production (or of --to) that is
another one than at --base, whether the environment before has had it. Git tells
that; Argo CD is asked besides where it is named.

Examples:
  $ npx factory promote --from dev --to staging
  $ npx factory promote --from staging --to prod shop --pin --merge-request
  $ npx factory promote --from dev --to staging --write && git diff
  $ npx factory promote --to prod --to-previous acme/shop --merge-request
  $ npx factory promote --check --base origin/main

Exit codes: 0 changed, or would be; 3 nothing to promote; 1 a reason against it,
nothing was changed; 2 the command was called wrongly. With --check: 0 promoted;
3 a pin was not; 4 only Argo CD could tell.`;

async function run(projects: readonly string[], flags: PromoteFlags, signal: AbortSignal): Promise<void> {
  const { root, from, to } = flags;
  const planAt = (at: Pick<PlanRequest, "root" | "history">): Promise<Plan> => {
    const ask = (stack: string) => askApplications(flags, stack, COMMAND, signal);
    const request = { ...at, projects, pin: flags.pin === true, ask };
    return from === undefined ? planRollback({ ...request, to }) : planPromotion({ ...request, from, to });
  };
  if (flags.mergeRequest === true) {
    const { caFile, targetBranch, json } = flags;
    const options = { ...(caFile !== undefined && { caFile }), ...(targetBranch !== undefined && { targetBranch }) };
    const step = from === undefined ? `roll-back-${to}` : `promote-${from}-to-${to}`;
    const { plan, ...result } = await requestMerge({ root, step, projects, planAt, tell, ...options }, signal);
    if (plan.moves.length === 0) unchanged(plan);
    if (json === true) printJson({ ...jsonPlan(plan), ...result });
    else if (result.mergeRequest !== undefined) say(result.mergeRequest.url);
    return;
  }
  const plan = await planAt({ root, history: new GitHistory(root, "HEAD") });
  const changed = changedFiles(root, plan);
  signal.throwIfAborted();
  report(plan);
  if (flags.write === true) write(changed);
  if (flags.json === true) printJson(jsonPlan(plan));
  else if (flags.write === true) for (const move of plan.moves) say(moveLine(move, plan.to.environment));
  else for (const { file, text } of changed) process.stdout.write(diffOf(file.name, file.text, text));
}

function diffOf(name: string, before: string, after: string): string {
  return unifiedDiff(name, before, lineEdits(before, after));
}

function write(changed: readonly ChangedFile[]): void {
  writeFiles(
    changed.map(({ file }) => file),
    changed.map(({ text }) => text),
  );
}

/** What the change stands on, and what is to be thought of. */
function report(plan: Plan): void {
  if (plan.moves.length === 0) unchanged(plan);
  for (const warning of plan.warnings) tell(formatProblem(warning));
  for (const ground of plan.grounds) tell(ground);
}

function unchanged({ from, to }: Plan): void {
  tell(`nothing to promote: ${to.environment} has what ${from.environment} has`);
  process.exitCode = ExitCode.No;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function printJson(value: object): void {
  say(JSON.stringify(value, null, 2));
}
