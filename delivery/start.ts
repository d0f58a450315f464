import { Command } from "commander";
import { join } from "node:path";
import { createLab, type Lab } from "../lab/lab";
import { type LabChoice, stateDirOf } from "../lab/state-dir";
import { createProgress } from "../lab/toolchain";
import { ExitCode } from "./exit-code";
import { interruptible } from "./interruptible";
import { choiceArguments, withLabChoice } from "./lab-choice";
import { askPulumi, type PulumiContext, showPulumi } from "./pulumi-command";
import { removeStaleLocks } from "./stale-locks";
import { startSummary } from "./start-summary";

/** The stack that is made for the lab. */
const STACK = "dev";

const root = join(__dirname, "..");

/** `factory start`, which `npm start` runs: the whole factory on the lab. */
export function startCommand(): Command {
  return withLabChoice(new Command("start"))
    .description(`brings the lab up and runs \`pulumi up\` of the stack ${STACK} on it`)
    .option("--offline", "does not try to download the official provider plugins")
    .addHelpText("after", examples)
    .action((flags: StartFlags) => interruptible((signal) => start(flags, signal)));
}

const examples = `
A second run changes what has changed since the first, and completes one that
was cut off. Edit a file in catalog/ and run it again to see what happens.

Examples:
  $ npm start
  $ npx factory start --name other`;

interface StartFlags extends LabChoice {
  readonly offline?: true;
}

async function start(flags: StartFlags, signal: AbortSignal): Promise<void> {
  const lab = await createLab({
    stateDir: stateDirOf(flags),
    lifetime: "detached",
    attemptOfficialPlugins: flags.offline !== true,
    progress: createProgress(),
    signal,
  });
  const context: PulumiContext = { root, env: lab.env, signal };
  try {
    await ask(context, "stack", "select", "--create", STACK);
    await update(lab, context);
    const outputs = await ask(context, "stack", "output", "--json", "--stack", STACK);
    process.stdout.write(startSummary(JSON.parse(outputs), lab, flags));
  } catch (error) {
    if (!signal.aborted && !(error instanceof PulumiFailed)) throw error;
    // Pulumi has said why; an interrupt has an exit code of its own.
    process.exitCode ??= ExitCode.UserMistake;
    const what = signal.aborted ? "interrupted" : "not completed";
    const again = `npx factory start${choiceArguments(flags)}`;
    process.stderr.write(`${what}: the lab runs on, and what was made so far is kept; \`${again}\` does the rest\n`);
  }
}

/** The Pulumi CLI ended badly, and has said why. */
class PulumiFailed extends Error {}

/** What a command of the Pulumi CLI prints, which the user only sees when it fails. */
async function ask(context: PulumiContext, ...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await askPulumi(context, args);
  if (exitCode === 0) return stdout;
  process.stderr.write(stderr);
  throw new PulumiFailed();
}

async function update(lab: Lab, context: PulumiContext): Promise<void> {
  const backend = lab.env["PULUMI_BACKEND_URL"] ?? "";
  for (const pid of removeStaleLocks(backend, "gitops-factory", STACK)) {
    process.stderr.write(`an earlier pulumi (process ${String(pid)}) was cut off: this one completes its work\n`);
  }
  const flags = ["--yes", "--skip-preview", "--suppress-outputs", "--stack", STACK];
  if ((await showPulumi(context, ["up", ...flags])) !== 0) throw new PulumiFailed();
}
