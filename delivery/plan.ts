import { Command, Option } from "commander";
import { join, relative, resolve } from "node:path";
import { rootOption } from "./common-options";
import { ExitCode } from "./exit-code";
import { interruptible } from "./interruptible";
import { countsOf, hasChanges, type Told } from "./plan/told";
import { makePlan, type MadePlan } from "./plan/make-plan";

export interface EngineOptions {
  readonly stack: string;
  readonly root: string;
  readonly policyPack: readonly string[];
  readonly refresh: boolean;
  readonly json?: boolean;
}

/** Gives a command the options by which Pulumi is run. */
export function withEngineOptions(command: Command): Command {
  return command
    .requiredOption("-s, --stack <name>", "the stack")
    .addOption(
      new Option("--policy-pack <folder...>", "a policy pack that must not be broken (several times)").default(
        [],
        "none",
      ),
    )
    .option("--no-refresh", "does not look at the live objects, so that drift stays unseen")
    .option("--json", "prints the result as JSON on standard output")
    .addOption(rootOption());
}

interface PlanFlags extends EngineOptions {
  readonly output?: string;
  readonly expectNoChanges?: true;
}

/** `factory plan` */
export function planCommand(): Command {
  return withEngineOptions(new Command("plan"))
    .description("previews a stack and keeps the plan that `factory apply` does")
    .option("-o, --output <folder>", "gets plan, preview and origin (default: plans/<stack>)")
    .option("--expect-no-changes", "exits with 3 where something would change: drift, or an update nobody did")
    .addHelpText("after", help)
    .action((options: PlanFlags) =>
      interruptible(async (signal, again) => {
        const root = resolve(options.root);
        const output = resolve(options.output ?? join(root, "plans", options.stack));
        if (process.stderr.isTTY) process.stderr.write(`previewing the stack ${options.stack}\n`);
        const made = await makePlan(
          { root, env: {}, signal, again },
          { ...options, output, policyPacks: options.policyPack.map((pack) => resolve(root, pack)) },
        );
        print(made, relative(process.cwd(), output) || ".", options.json === true);
        if (options.expectNoChanges === true && hasChanges(changesOf(made))) {
          process.stderr.write(`${options.stack}: what runs is not what the files say\n`);
          process.exitCode = ExitCode.No;
        }
      }),
    );
}

const help = `
The folder gets plan.json (Pulumi's plan, its secrets encrypted), preview.json
(what \`factory review\` reads) and origin.json (commit, files, state). With
them \`factory apply\` does what was planned, or refuses when the files, the
state or the cluster are not those any more. docs/pipeline.md has the whole.

Backend and secrets provider come by Pulumi's own variables (docs/backends.md).

Examples:
  $ npx factory plan --stack dev
  $ npx factory plan -s prod --policy-pack policies --output plans/prod
  $ npx factory plan -s dev --json | jq .changes
  $ npx factory plan -s prod --expect-no-changes  # each night: has it drifted?

Exit codes: 0 the plan is there; 1 the preview failed, or a policy stops it;
2 the command was called wrongly; 3 the plan is there, and with
--expect-no-changes it is not empty; 130 after Ctrl-C.`;

function changesOf({ told }: MadePlan): Readonly<Record<string, number>> {
  return told.find((one) => one.kind === "summary")?.changes ?? {};
}

function print(made: MadePlan, folder: string, isJson: boolean): void {
  const { origin, told } = made;
  const changes = changesOf(made);
  if (isJson) {
    const { project, stack, commit, tree, state, plan, refreshed } = origin;
    const known = { project, stack, commit, tree, state, plan, refreshed, folder, changes };
    process.stdout.write(`${JSON.stringify(known, null, 2)}\n`);
    return;
  }
  for (const one of told) tell(one);
  process.stdout.write(
    `${origin.stack}: ${countsOf(changes, true)}; the plan of commit ${origin.commit.slice(0, 8)} is in ${folder}\n`,
  );
}

/** Warnings, and findings that stop nothing. */
export function tell(one: Told): void {
  if (one.kind === "said") process.stderr.write(`${one.severity}: ${one.text}\n`);
  if (one.kind === "finding")
    process.stderr.write(`${one.isMandatory ? "error" : "warning"}: ${one.rule}: ${one.text}\n`);
}
