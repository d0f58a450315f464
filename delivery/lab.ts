import { Command, InvalidArgumentError, Option } from "commander";
import { existsSync } from "node:fs";
import { labEnvironment } from "../lab/environment";
import { type Installer, installers } from "../lab/fixtures/installers";
import { createLab, destroyLab, stopLab } from "../lab/lab";
import { layoutOf } from "../lab/layout";
import { partNames, type PartName } from "../lab/parts/part";
import { startParts } from "../lab/parts/start-parts";
import { describeRun } from "../lab/process";
import { readSettings } from "../lab/settings";
import { type LabChoice, stateDirOf } from "../lab/state-dir";
import { labStatus, type LabStatus } from "../lab/status";
import { createProgress } from "../lab/toolchain";
import { UserError } from "../model/problem";
import { ExitCode } from "./exit-code";
import { interruptible } from "./interruptible";
import { choiceArguments, shellWord, withLabChoice } from "./lab-choice";
import { formatAddresses } from "./part-addresses";
import { formatTable } from "./table";

/** `factory lab`: an embedded control plane of real parts on this machine. */
export function labCommand(): Command {
  return new Command("lab")
    .description("runs a Kubernetes control plane of real parts on this machine")
    .addCommand(upCommand())
    .addCommand(downCommand())
    .addCommand(statusCommand())
    .addCommand(envCommand())
    .helpCommand("help [command]", "prints the help of a command")
    .addHelpText("after", examples);
}

const examples = `
Each lab has a state folder of its own: --state, else the one that --name names,
else $GITOPS_FACTORY_LAB, else the lab called "lab". Named labs lie in
$XDG_STATE_HOME/gitops-factory, by default ~/.local/state/gitops-factory.

Examples:
  $ npx factory lab up
  $ eval "$(npx factory lab env)" && kubectl get nodes
  $ npx factory lab up --name other --installer kubeadm
  $ npx factory lab up --with dns,dnsmasq,git
  $ npx factory lab status --json
  $ npx factory lab down --delete

Exit codes: 0 done; 1 a process or a tool failed, standard error says how;
3 status: not all processes are ready.`;

interface UpFlags extends LabChoice {
  readonly offline?: true;
  readonly installer?: Installer;
  readonly with?: readonly PartName[];
}

function upCommand(): Command {
  return withLabChoice(new Command("up"))
    .description("starts the lab, or what is missing of it, and waits until it is ready")
    .addOption(
      new Option("--installer <name>", "whose cluster a new lab looks like (default: kubespray)").choices(installers),
    )
    .option("--offline", "does not try to download the official provider plugins")
    .option("--with <parts>", `also starts these: ${partNames.join(",")} (as root)`, partsOf)
    .addHelpText("after", upExamples)
    .action(async (flags: UpFlags) => {
      const progress = createProgress();
      const lab = await interruptible(async (signal) => {
        const stateDir = stateDirOf(flags);
        const made = await createLab({
          stateDir,
          lifetime: "detached",
          attemptOfficialPlugins: flags.offline !== true,
          progress,
          signal,
          ...(flags.installer === undefined ? {} : { installer: flags.installer }),
        });
        const parts = flags.with ?? [];
        const addresses =
          parts.length === 0 ? [] : await startParts({ stateDir, parts, lifetime: "detached", progress, signal });
        return { ...made, addresses };
      });
      if (lab === undefined) return;
      process.stdout.write(`the lab is ready at ${lab.server}\n  kubeconfig  ${lab.kubeconfig}\n`);
      process.stdout.write(`  in a shell  eval "$(npx factory lab env${choiceArguments(flags)})"\n`);
      process.stdout.write(formatAddresses(lab.addresses));
    });
}

const upExamples = `
Examples:
  $ npx factory lab up
  $ npx factory lab up --name other --installer kubeadm
  $ npx factory lab up --with dns,dnsmasq,git

Exit codes: 0 the lab is ready; 1 a process or a tool failed, standard error
says how; 2 the command was called wrongly; 130 after Ctrl-C.`;

/** Reads `argocd,dns`. */
function partsOf(text: string): PartName[] {
  return text.split(",").map((word) => {
    const name = partNames.find((known) => known === word.trim());
    if (name === undefined) throw new InvalidArgumentError(`Allowed choices are ${partNames.join(", ")}.`);
    return name;
  });
}

interface DownFlags extends LabChoice {
  readonly delete?: true;
}

function downCommand(): Command {
  return withLabChoice(new Command("down"))
    .description("stops the lab; its data stays for the next start")
    .option("--delete", "removes the state folder too: cluster, stacks and logs")
    .addHelpText("after", downExamples)
    .action(async (flags: DownFlags) => {
      const stateDir = stateDirOf(flags);
      if (!existsSync(layoutOf(stateDir).settings)) {
        process.stderr.write(`there is no lab in ${stateDir}: nothing is stopped\n`);
        return;
      }
      const done = await interruptible(async (signal) => {
        await (flags.delete ? destroyLab(stateDir, signal) : stopLab(stateDir, signal));
        return flags.delete ? "stopped and removed" : "stopped; its data stays for the next start";
      });
      if (done !== undefined) process.stdout.write(`the lab in ${stateDir} is ${done}\n`);
    });
}

const downExamples = `
Examples:
  $ npx factory lab down
  $ npx factory lab down --name other --delete

Exit codes: 0 nothing of the lab runs, also when there was none; 1 a process
did not end; 2 the command was called wrongly.`;

interface JsonFlags extends LabChoice {
  readonly json?: true;
}

function statusCommand(): Command {
  return withLabChoice(new Command("status"))
    .description("shows each process of the lab; exit code 3 unless all are ready")
    .option("--json", "as JSON")
    .addHelpText("after", statusExamples)
    .action(async (flags: JsonFlags) => {
      const status = await labStatus(stateDirOf(flags));
      process.stdout.write(flags.json ? `${JSON.stringify(status, undefined, 2)}\n` : describe(status, flags));
      if (!status.running) process.exitCode = ExitCode.No;
    });
}

const statusExamples = `
Examples:
  $ npx factory lab status
  $ npx factory lab status --json | jq -r '.processes[].log'

Exit codes: 0 all processes are ready; 3 they are not, or there is no lab;
2 the command was called wrongly.`;

function describe(status: LabStatus, choice: LabChoice): string {
  if (status.processes.length === 0) return `there is no lab in ${status.stateDir}\n`;
  const rows = status.processes.map(({ name, state, pid, host = "127.0.0.1", port, log }) => [
    name,
    state,
    pid === undefined ? "-" : String(pid),
    port === undefined ? "-" : `${host}:${String(port)}`,
    log,
  ]);
  const table = formatTable(["PROCESS", "STATE", "PID", "ADDRESS", "LOG"], rows);
  const details = status.processes.flatMap(({ name, reason, command, logTail = [] }) => {
    if (command !== undefined) return [`${name} died`, ...describeRun(command, logTail)];
    return reason === undefined ? [] : [`${name}: ${reason}`];
  });
  const advice = status.running ? [] : [`\`npx factory lab up${choiceArguments(choice)}\` starts what is missing`];
  return `${[...table, ...details, ...advice].join("\n")}\n`;
}

function envCommand(): Command {
  return withLabChoice(new Command("env"))
    .description("prints what a shell needs so that pulumi and kubectl mean the lab")
    .option("--json", "as JSON")
    .addHelpText("after", envExamples)
    .action((flags: JsonFlags) => {
      const layout = layoutOf(stateDirOf(flags));
      const settings = readSettings(layout);
      if (settings === undefined) {
        throw new UserError([
          {
            severity: "error",
            file: layout.stateDir,
            path: "",
            message: "there is no lab in this folder",
            fix: `make one: npx factory lab up${choiceArguments(flags)}`,
          },
        ]);
      }
      const variables = labEnvironment(layout, settings, process.env["PATH"]);
      process.stdout.write(flags.json ? `${JSON.stringify(variables, undefined, 2)}\n` : exportLines(variables));
    });
}

const envExamples = `
Examples:
  $ eval "$(npx factory lab env)" && kubectl get nodes
  $ npx factory lab env --name other --json | jq -r .KUBECONFIG

Exit codes: 0 the variables are on standard output; 1 there is no lab;
2 the command was called wrongly.`;

/** Lines for `eval` of any POSIX shell. */
function exportLines(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${shellWord(value)}\n`)
    .join("");
}
