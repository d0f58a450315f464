import { Command, Option } from "commander";
import { resolve } from "node:path";
import { applyPlan, applyWithoutPlan, type Applied, type ApplyOptions } from "./apply/apply-plan";
import { gitlabPlan } from "./apply/gitlab-plan";
import { readPlanFolder } from "./apply/plan-folder";
import { PlanRefusal } from "./apply/refusal";
import { ExitCode } from "./exit-code";
import { interruptible } from "./interruptible";
import { type EngineOptions, tell, withEngineOptions } from "./plan";
import { countsOf, type Told } from "./plan/told";
import type { PulumiContext } from "./pulumi-command";

interface ApplyFlags extends EngineOptions {
  readonly plan?: string;
  readonly withoutPlan?: boolean;
  readonly job?: string;
  readonly artifacts?: string;
  readonly caFile?: string;
}

/** `factory apply` */
export function applyCommand(): Command {
  return withEngineOptions(new Command("apply"))
    .description("does what was planned and reviewed, or says what has moved since")
    .option("--plan <folder>", "a folder of `factory plan`, instead of GitLab's artifact")
    .addOption(new Option("--without-plan", "does whatever the files say; nobody has reviewed it").conflicts("plan"))
    .option("--job <name>", "the job that plans (default: preview: [<stack>])")
    .option("--artifacts <folder>", "its folder of the plan (default: plans/<stack>)")
    .option("--ca-file <file>", "PEM of the authority of GitLab's certificate")
    .addHelpText("after", help)
    .action((flags: ApplyFlags) => interruptible((signal, again) => run(flags, { signal, again })));
}

const help = `
In GitLab's CI the plan is that of the merge request which made this commit: its
last pipeline's job \`preview: [<stack>]\` keeps it. CI_API_V4_URL,
CI_PROJECT_ID, CI_COMMIT_SHA and CI_COMMIT_BRANCH say where; the token
FACTORY_GITLAB_TOKEN needs read_api and the role Reporter. Refused is a plan of
another stack, other files, another state, and a cluster that has drifted.
FACTORY_WITHOUT_PLAN=true is --without-plan.

Examples:
  $ npx factory apply --stack dev --policy-pack policies
  $ npx factory apply -s dev --plan plans/dev
  $ npx factory apply -s dev --without-plan

Exit codes: 0 done, or nothing to do; 3 refused, the message says what has
moved; 1 Pulumi failed; 2 the command was called wrongly; 130 after Ctrl-C.`;

async function run(flags: ApplyFlags, wishes: Pick<PulumiContext, "signal" | "again">): Promise<void> {
  const root = resolve(flags.root);
  const context: PulumiContext = { root, env: {}, ...wishes };
  const isJson = flags.json === true;
  const options: ApplyOptions = {
    stack: flags.stack,
    refresh: flags.refresh,
    policyPacks: flags.policyPack.map((pack) => resolve(root, pack)),
    tell: (one) => {
      report(one, isJson);
    },
  };
  try {
    const applied = isUnplanned(flags)
      ? await applyWithoutPlan(context, options)
      : await applyPlan(context, await planOf(flags, wishes.signal), options);
    finish(applied, flags);
  } catch (error) {
    if (isJson && error instanceof PlanRefusal) {
      process.stdout.write(`${JSON.stringify({ stack: flags.stack, result: "refused", problems: error.problems })}\n`);
    }
    if (!(error instanceof PlanRefusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = ExitCode.No;
  }
}

/** By the flag, or by the variable that whoever runs a job by hand can give it. */
function isUnplanned({ withoutPlan, plan }: ApplyFlags): boolean {
  return withoutPlan === true || (plan === undefined && process.env["FACTORY_WITHOUT_PLAN"] === "true");
}

function planOf(flags: ApplyFlags, signal: AbortSignal) {
  if (flags.plan !== undefined) return readPlanFolder(resolve(flags.plan), flags.plan);
  return gitlabPlan(
    {
      job: flags.job ?? `preview: [${flags.stack}]`,
      folder: flags.artifacts ?? `plans/${flags.stack}`,
      ...(flags.caFile !== undefined && { caFile: flags.caFile }),
    },
    { env: process.env, signal },
  );
}

function report(one: Told, isJson: boolean): void {
  // The error comes with its fix at the end.
  if (one.kind === "said" && one.severity === "error") return;
  tell(one);
  if (one.kind === "step" && !isJson) process.stdout.write(`${one.op} ${one.type} ${one.name}\n`);
}

function finish({ result, changes }: Applied, { stack, json }: ApplyFlags): void {
  if (json === true) process.stdout.write(`${JSON.stringify({ stack, result, changes })}\n`);
  else if (result === "applied") process.stdout.write(`${stack}: ${countsOf(changes, false)}\n`);
  else process.stdout.write(`${stack}: nothing to do, it is already as this commit says\n`);
}
