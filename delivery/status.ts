import { Command, Option } from "commander";
import { resolve } from "node:path";
import { isLive } from "../lab/toolchain/screen";
import { gathered, rootOption } from "./common-options";
import { systemClock } from "./clock";
import { selectedStack } from "./doctor/selected-stack";
import { ExitCode } from "./exit-code";
import { interruptible } from "./interruptible";
import { parseDuration } from "./redeploy/duration";
import { isFine, sortedEntries, type Filter, type StatusEntry } from "./status/entry";
import { jsonStatus, tableStatus } from "./status/report";
import { argoCds, serversOf, type ServerFlags } from "./status/servers";
import { statusOfServer, statusOfStack } from "./status/sources";

interface StatusFlags extends Filter, ServerFlags {
  readonly stack?: readonly string[];
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly check?: true;
  readonly json?: true;
  readonly watch?: number | true;
}

/** `factory status`: what runs where, and whether Argo CD is content with it. */
export function statusCommand(): Command {
  return new Command("status")
    .description("shows what is deployed where: image, revision, sync, health")
    .option("-p, --project <name>", "this project alone: shop or acme/shop")
    .option("-e, --environment <name>", "this environment alone")
    .option("--server <url>", "asks this Argo CD, with ARGOCD_AUTH_TOKEN")
    .option("--config <file>", "asks the Argo CDs of this redeploy.yaml")
    .option("--ca-file <file>", "PEM of the authority of Argo CD's certificate")
    .option("-s, --stack <name>", "asks this stack's cluster by kubectl; repeatable", gathered)
    .addOption(new Option("--kubeconfig <file>", "that cluster's kubeconfig").conflicts(["server", "config"]))
    .addOption(new Option("--context <name>", "its context").conflicts(["server", "config"]))
    .addOption(rootOption())
    .option("--check", "ends with 3 when something is out of sync or not healthy")
    .addOption(new Option("--watch [time]", "shows it anew, every 5s").argParser(parseDuration).conflicts("json"))
    .option("--json", "prints the result as JSON on standard output")
    .addHelpText("after", help)
    .action((flags: StatusFlags) => interruptible((signal) => run(flags, signal)));
}

const help = `
Teams ask Argo CD: --server, else ARGOCD_SERVER, else the redeploy.yaml of this
folder. Platform engineers ask the cluster of a stack by kubectl: --stack, else
the one that pulumi has selected. Authors and titles of commits are Argo CD's to
tell; a cluster does not know them.

Examples:
  $ npx factory status
  $ npx factory status --server https://argocd.acme.example --project shop
  $ npx factory status --stack dev --stack prod --environment prod
  $ npx factory status --check --json | jq '.applications[].images'

Exit codes: 0; 3 with --check when something is out of sync or not healthy, or
nothing was found; 1 it cannot be asked; 2 the command was called wrongly.`;

async function run(flags: StatusFlags, signal: AbortSignal): Promise<void> {
  for (;;) {
    const entries = sortedEntries(await gather(flags, signal));
    signal.throwIfAborted();
    const isWatched = flags.watch !== undefined;
    if (flags.json === true) process.stdout.write(`${JSON.stringify(jsonStatus(entries), null, 2)}\n`);
    else
      process.stdout.write(
        `${isWatched && isLive(process.stdout) ? "\u001b[2J\u001b[H" : ""}${tableStatus(entries, new Date())}`,
      );
    if (!isWatched) {
      if (flags.check === true && (entries.length === 0 || !entries.every(isFine))) process.exitCode = ExitCode.No;
      return;
    }
    await systemClock.sleep(flags.watch === true ? 5_000 : (flags.watch ?? 0), signal);
  }
}

async function gather(flags: StatusFlags, signal: AbortSignal): Promise<readonly StatusEntry[]> {
  const { project, environment, kubeconfig, context } = flags;
  const filter = { ...(project !== undefined && { project }), ...(environment !== undefined && { environment }) };
  const servers =
    flags.stack === undefined && context === undefined && kubeconfig === undefined
      ? serversOf(flags, "factory status")
      : [];
  if (servers.length > 0) {
    const found = await Promise.all(argoCds(servers, signal).map((api) => statusOfServer(api, filter)));
    return found.flat();
  }
  const root = resolve(flags.root);
  const stacks = flags.stack ?? [selectedStack(root, process.env)];
  const kube = { ...(kubeconfig !== undefined && { kubeconfig }), ...(context !== undefined && { context }) };
  const found = await Promise.all(
    stacks.map((stack) => statusOfStack({ root, stack, env: process.env, signal, ...kube }, filter)),
  );
  return found.flat();
}
