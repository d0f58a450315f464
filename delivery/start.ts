import { Command, Option } from "commander";
import { join } from "node:path";
import { createLab, type Lab } from "../lab/lab";
import { type LabChoice, stateDirOf } from "../lab/state-dir";
import { createProgress } from "../lab/toolchain";
import { ExitCode } from "./exit-code";
import { interruptible } from "./interruptible";
import { askPulumi, type PulumiContext, showPulumi } from "./pulumi-command";
import { removeStaleLocks } from "./stale-locks";
import { startSummary } from "./start-summary";

/** The stack that is made for the lab. */
const STACK = "dev";

const root = join(__dirname, "..");

/** `factory start`, which `npm start` runs: the whole factory on the lab. */
export function startCommand(): Command {
  return new Command("start")
    .description(`brings the lab up and runs \`pulumi up\` of the stack ${STACK} on it`)
    .option("--name <name>", "the lab of this name")
    .addOption(new Option("--state <dir>", "the lab in this folder").conflicts("name"))
    .addHelpText("after", examples)
    .action((flags: LabChoice) => interruptible((signal) => start(flags, signal)));
}

const examples = `
A second run changes what has changed since the first, and completes one that was cut off. Edit a file in catalog/ and
run it again to see what happens.

Examples:
  $ npm start
  $ factory start --name other`;

async function start(flags: LabChoice, signal: AbortSignal): Promise<void> {
  const lab = await createLab({
    stateDir: stateDirOf(flags),
    lifetime: "detached",
    attemptOfficialPlugins: true,
    progress: createProgress(),
    signal,
  });
  const context: PulumiContext = { root, env: lab.env, signal };
  if (!(await selectStack(context)) || !(await update(lab, context))) {
    // Pulumi has said why; an interrupt has an exit code of its own.
    process.exitCode ??= ExitCode.UserMistake;
    return;
  }
  const outputs = await askPulumi(context, ["stack", "output", "--json", "--stack", STACK]);
  process.stdout.write(startSummary(JSON.parse(outputs.stdout), lab, flags));
}

async function selectStack(context: PulumiContext): Promise<boolean> {
  const { exitCode, stderr } = await askPulumi(context, ["stack", "select", "--create", STACK]);
  if (exitCode !== 0) process.stderr.write(stderr);
  return exitCode === 0;
}

async function update(lab: Lab, context: PulumiContext): Promise<boolean> {
  const backend = lab.env["PULUMI_BACKEND_URL"] ?? "";
  for (const pid of removeStaleLocks(backend, "gitops-factory", STACK)) {
    process.stderr.write(`an earlier pulumi (process ${String(pid)}) was cut off: this one completes its work\n`);
  }
  return (await showPulumi(context, ["up", "--yes", "--skip-preview", "--suppress-outputs", "--stack", STACK])) === 0;
}
