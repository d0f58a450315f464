import { Command } from "commander";
import { createLab } from "../lab/lab";
import { type LabChoice, stateDirOf } from "../lab/state-dir";
import { createProgress } from "../lab/toolchain";
import { interruptible } from "./interruptible";
import { choiceArguments, withLabChoice } from "./lab-choice";
import { completing, LAB_STACK, LabStack } from "./lab-stack";
import { type StackOutputs, startSummary } from "./start-summary";

/** `factory start`, which `npm start` runs: the whole factory on the lab. */
export function startCommand(): Command {
  return withLabChoice(new Command("start"))
    .description(`brings the lab up and runs \`pulumi up\` of the stack ${LAB_STACK} on it`)
    .option("--offline", "does not try to download the official provider plugins")
    .addHelpText("after", examples)
    .action((flags: StartFlags) => interruptible((signal, again) => start(flags, signal, again)));
}

const examples = `
A second run changes what has changed since the first, and completes one that
was cut off. Edit a file in catalog/ and run it again to see what happens.

Examples:
  $ npm start
  $ npx factory start --name other

Exit codes: 0 the factory is up; 1 it is not, and the same command does the
rest; 2 the command was called wrongly; 130 after Ctrl-C.`;

interface StartFlags extends LabChoice {
  readonly offline?: true;
}

async function start(flags: StartFlags, signal: AbortSignal, again: AbortSignal): Promise<void> {
  const lab = await createLab({
    stateDir: stateDirOf(flags),
    lifetime: "detached",
    attemptOfficialPlugins: flags.offline !== true,
    progress: createProgress(),
    signal,
  });
  const stack = new LabStack(lab, signal, again);
  const work = async (): Promise<void> => {
    await stack.select();
    await stack.update();
    process.stdout.write(startSummary((await stack.outputs()) as StackOutputs, lab, flags));
  };
  await completing(work, signal, `npx factory start${choiceArguments(flags)}`);
}
