import { Command, Option } from "commander";
import { UserError } from "../model/problem";
import { systemClock } from "./clock";
import { ExitCode } from "./exit-code";
import { interruptible } from "./interruptible";
import { DEFAULT_CONFIG } from "./redeploy/config";
import { parseDuration } from "./redeploy/duration";
import type { RedeployFlags } from "./redeploy/flags";
import { prepare, type PreparedDelivery } from "./redeploy/prepare";
import { jsonProgress, lineProgress, type Progress } from "./redeploy/progress";
import { showDryRun } from "./redeploy/dry-run";
import { redeploy, type Outcome } from "./redeploy/run";
import type { StepName } from "./redeploy/plan";
import { tellProblems } from "./tell-problems";

/** `factory redeploy`: the whole path from a commit in the app repository to its pods. */
export function redeployCommand(): Command {
  return new Command("redeploy")
    .description("delivers a commit: mirror, build, bump, mirror, Argo CD")
    .addOption(new Option("--config <file>", "what is delivered where").default(DEFAULT_CONFIG))
    .option("-e, --environment <name>", "the environment (default: the only one)")
    .option("--commit <commit>", "the commit (default: the app branch's head)")
    .option("--tag <tag>", "the image's tag (default: the commit's first 8 digits)")
    .option("--ca-file <file>", "PEM of an authority that all servers may have")
    .option("--state <file>", "how far it has come (default: below ~/.local/state)")
    .option("--restart", "does not go on from what an earlier run has done")
    .option("--dry-run", "looks at everything, prints the steps, starts nothing")
    .option("--json", "prints events as JSON, one a line")
    .addOption(timeout("--mirror-timeout", "how long a mirror pipeline may take", "10m"))
    .addOption(timeout("--build-timeout", "how long the build may take", "1h"))
    .addOption(timeout("--deploy-timeout", "how long Argo CD may take", "15m"))
    .addOption(timeout("--outage", "how long a server may be away", "5m"))
    .addHelpText("after", help)
    .action((flags: RedeployFlags) => interruptible((signal) => run(flags, signal)));
}

function timeout(flag: string, description: string, fallback: string): Option {
  return new Option(`${flag} <time>`, description).default(parseDuration(fallback), fallback).argParser(parseDuration);
}

const help = `
All is looked at before anything is started: tokens, names, the image's place.
A pipeline that runs or has succeeded for the commit is used. Ctrl-C stops the
waiting alone; the same command goes on from there, also after a failure.

Secrets come by the environment: GITLAB_TOKEN (read_api), MIRROR_TRIGGER_TOKEN,
ARGOCD_AUTH_TOKEN, INFRA_GIT_PASSWORD and APP_GIT_PASSWORD with _USER beside
them; NAME_FILE names a file instead. docs/redeploy.md has redeploy.yaml.

Examples:
  $ npx factory redeploy
  $ npx factory redeploy -e staging --commit "$CI_COMMIT_SHA"
  $ npx factory redeploy -e dev --dry-run
  $ npx factory redeploy -e dev --json | jq -r 'select(.event == "result")'

Exit codes: 0 Synced and Healthy at the new version; 3 the version is there
already, nothing will be redeployed; 1 it has stopped, the message says where
and why; 2 the command was called wrongly; 130 after Ctrl-C.`;

async function run(flags: RedeployFlags, signal: AbortSignal): Promise<void> {
  const progress = flags.json === true ? jsonProgress(process.stdout) : lineProgress(process.stdout, process.stderr);
  let at: StepName | undefined;
  let prepared: PreparedDelivery | undefined;
  try {
    prepared = await prepare(flags, { progress, clock: systemClock, signal, env: process.env });
    if (flags.dryRun === true) {
      const isChange = await showDryRun(prepared, flags.json === true ? undefined : process.stdout);
      if (!isChange) process.exitCode = ExitCode.No;
      return;
    }
    const outcome = await redeploy(prepared.delivery, prepared.infra, {
      restart: flags.restart === true,
      began: (step) => (at = step),
    });
    finish(outcome, flags, progress);
  } catch (error) {
    progress.close();
    if (signal.aborted && prepared !== undefined) sayHowToGoOn(prepared, at, flags);
    if (flags.json !== true || !(signal.aborted || error instanceof UserError)) throw error;
    tellFailure(error, at, signal.aborted);
  } finally {
    progress.close();
    prepared?.delivery.state.close();
  }
}

function finish(outcome: Outcome, { json }: RedeployFlags, progress: Progress): void {
  progress.close();
  if (outcome.result === "unchanged") process.exitCode = ExitCode.No;
  if (json === true) process.stdout.write(`${JSON.stringify({ event: "result", ...outcome })}\n`);
  else if (outcome.result === "delivered") {
    const images = outcome.images ?? [];
    process.stdout.write(`delivered: ${outcome.tag}${images.length > 0 ? ` (${images.join(", ")})` : ""}\n`);
  }
}

/** What was started goes on without us. */
function sayHowToGoOn({ delivery }: PreparedDelivery, at: StepName | undefined, flags: RedeployFlags): void {
  const { plan, commit } = delivery;
  const { config, tag, state, caFile } = flags;
  const given = { config: config === DEFAULT_CONFIG ? undefined : config, tag, state, "ca-file": caFile };
  const others = Object.entries(given).map(([flag, value]) => (value === undefined ? "" : ` --${flag} ${value}`));
  const where = at === undefined ? "before the first step" : `in the step ${at}; what was started goes on`;
  process.stderr.write(
    `stopped waiting ${where}. To go on: npx factory redeploy -e ${plan.environment} --commit ${commit}${others.join("")}\n`,
  );
}

/** The last event of a delivery that has failed. Its readers know no object but events. */
function tellFailure(error: unknown, step: StepName | undefined, isInterrupted: boolean): void {
  const problems = error instanceof UserError ? error.problems : [];
  const result = isInterrupted ? "interrupted" : "failed";
  process.stdout.write(`${JSON.stringify({ event: "result", result, step: step ?? null, problems })}\n`);
  if (isInterrupted) return;
  tellProblems(problems);
  process.exitCode = ExitCode.UserMistake;
}
