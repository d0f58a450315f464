import { Command } from "commander";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { adminClient } from "../lab/control-plane";
import { prepareDemo } from "../lab/demo/prepare-demo";
import { isReconciled, type Reconciled, untilReconciled } from "../lab/demo/reconciled";
import { createLab, type Lab } from "../lab/lab";
import { layoutOf } from "../lab/layout";
import type { PartAddress } from "../lab/parts/part";
import { startParts } from "../lab/parts/start-parts";
import { readSettings } from "../lab/settings";
import { type LabChoice, stateDirOf } from "../lab/state-dir";
import { createProgress, type Progress } from "../lab/toolchain";
import { ExitCode } from "./exit-code";
import { interruptible } from "./interruptible";
import { choiceArguments, withLabChoice } from "./lab-choice";
import { completing, LAB_STACK, LabStack } from "./lab-stack";
import { formatAddresses } from "./part-addresses";
import { alignColumns, formatTable } from "./table";

/** `factory demo`, which `npm run demo` runs: the whole factory at work. */
export function demoCommand(): Command {
  return withLabChoice(new Command("demo"))
    .description("brings the lab up with Argo CD, DNS, Git and log-in, and has Argo CD deploy the stack dev")
    .option("--offline", "does not try to download the official provider plugins")
    .addHelpText("after", examples)
    .action((flags: DemoFlags) => interruptible((signal, again) => demo(flags, signal, again)));
}

const examples = `
Needs root: Argo CD's processes get resolvers and hosts of their own. All that
the lab runs is on loopback addresses. A second run follows what has changed.
Argo CD has two minutes to deploy every Application.

Examples:
  $ npx factory demo
  $ npx factory demo --name other
  $ npx factory lab down            # stops it again

Exit codes: 0 all is deployed; 3 Argo CD could not deploy every Application; 1
a tool failed, and the same command does the rest; 130 after Ctrl-C.`;

interface DemoFlags extends LabChoice {
  readonly offline?: true;
}

async function demo(flags: DemoFlags, signal: AbortSignal, again: AbortSignal): Promise<void> {
  const progress = createProgress();
  const stateDir = stateDirOf(flags);
  const lifetime = "detached";
  const lab = await createLab({
    stateDir,
    lifetime,
    attemptOfficialPlugins: flags.offline !== true,
    progress,
    signal,
  });
  const usual = { stateDir, lifetime, progress, signal } as const;
  const servers = await startParts({ ...usual, parts: ["dns", "dnsmasq", "consul", "git", "identity"] });
  const stack = new LabStack(lab, signal, again);
  const work = async (): Promise<void> => {
    await stack.select();
    await stack.update("--config-file", await writeConfig(stateDir, stack));
    const argocd = await startParts({ ...usual, parts: ["argocd"] });
    const applications = await reconcile(lab, progress, signal);
    const { argocd: outputs } = (await stack.outputs("--show-secrets")) as { argocd: { adminPassword: string } };
    const known = servers.map(({ what }) => what);
    const added = argocd.filter(({ what }) => !known.includes(what));
    const logins = added.map((part) => ({ ...part, login: `admin / ${outputs.adminPassword}` }));
    process.stdout.write(describe(applications, [...logins, ...servers], flags));
  };
  await completing(work, signal, `npx factory demo${choiceArguments(flags)}`);
}

/** The stack's config on this lab, in a file of the lab: the project's own stays as it is. */
async function writeConfig(stateDir: string, stack: LabStack): Promise<string> {
  const layout = layoutOf(stateDir);
  const block = readSettings(layout)?.block ?? "";
  const text = readFileSync(join(__dirname, "..", `Pulumi.${LAB_STACK}.yaml`), "utf8");
  const config = ["config", "get", "--stack", LAB_STACK, "--path"];
  const [username, password] = [
    await stack.ask(...config, "gitops-factory:secrets.gitlab.username"),
    await stack.ask(...config, "gitops-factory:secrets.gitlab.password"),
  ];
  return prepareDemo(layout, block, text, {
    gitUser: { username: username.trim(), password: password.trim() },
  });
}

async function reconcile(lab: Lab, progress: Progress, signal: AbortSignal): Promise<readonly Reconciled[]> {
  const api = adminClient(lab.server, layoutOf(lab.stateDir).pki);
  let applications: readonly Reconciled[] = [];
  try {
    await progress.step("Argo CD deploys the Applications", async () => {
      applications = await untilReconciled(api, "argocd", signal);
    });
  } finally {
    api.close();
  }
  return applications;
}

function describe(applications: readonly Reconciled[], addresses: readonly PartAddress[], flags: LabChoice): string {
  const choice = choiceArguments(flags);
  const rows = applications.map(({ name, sync, health, problem = "" }) => [name, sync, health, problem]);
  if (!applications.every(isReconciled)) process.exitCode = ExitCode.No;
  return [
    "",
    ...formatTable(["APPLICATION", "SYNC", "HEALTH", ""], rows),
    formatAddresses(addresses),
    "Try next:",
    ...alignColumns([
      [`  eval "$(npx factory lab env${choice})"`, "# pulumi, kubectl and argocd of this lab on PATH"],
      ["  kubectl get applications -n argocd", ""],
      [`  npx factory lab status${choice}`, "# what runs, and where its log is"],
      [`  npx factory lab down${choice}`, "# stops it; --delete removes it"],
    ]),
    "",
  ].join("\n");
}
