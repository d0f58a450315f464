import { Command, Option } from "commander";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../model/problem";
import { systemClock } from "./clock";
import { selectedStack } from "./doctor/selected-stack";
import { ExitCode } from "./exit-code";
import { interruptible } from "./interruptible";
import { DEFAULT_CONFIG, readConfig } from "./redeploy/config";
import { parseDuration } from "./redeploy/duration";
import { planOf, type Server } from "./redeploy/plan";
import { Secrets } from "./redeploy/secrets";
import { argoCdApi } from "./redeploy/servers";
import { isFine, sortedEntries, type Filter, type StatusEntry } from "./status/entry";
import { jsonStatus, tableStatus } from "./status/report";
import { statusOfServer, statusOfStack } from "./status/sources";

interface StatusFlags extends Filter {
  readonly server?: string;
  readonly caFile?: string;
  readonly config?: string;
  readonly stack?: readonly string[];
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly root: string;
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
    .option("-s, --stack <name>", "asks this stack's cluster by kubectl; repeatable", add)
    .addOption(new Option("--kubeconfig <file>", "that cluster's kubeconfig").conflicts(["server", "config"]))
    .addOption(new Option("--context <name>", "its context").conflicts(["server", "config"]))
    .addOption(new Option("--root <folder>", "the stacks' folder").default(process.cwd(), "the current one"))
    .option("--check", "ends with 3 when something is out of sync or not healthy")
    .addOption(new Option("--watch [time]", "shows it anew, every 5s").argParser(parseDuration).conflicts("json"))
    .option("--json", "prints the result as JSON on standard output")
    .addHelpText("after", help)
    .action((flags: StatusFlags) => interruptible((signal) => run(flags, signal)));
}

function add(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
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
        `${isWatched && process.stdout.isTTY ? "\u001b[2J\u001b[H" : ""}${tableStatus(entries, new Date())}`,
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
    flags.stack === undefined && context === undefined && kubeconfig === undefined ? serversOf(flags) : [];
  if (servers.length > 0) return ofServers(servers, filter, signal);
  const root = resolve(flags.root);
  const stacks = flags.stack ?? [selectedStack(root, process.env)];
  const kube = { ...(kubeconfig !== undefined && { kubeconfig }), ...(context !== undefined && { context }) };
  const found = await Promise.all(
    stacks.map((stack) => statusOfStack({ root, stack, env: process.env, signal, ...kube }, filter)),
  );
  return found.flat();
}

/** The Argo CDs that are meant; none where the clusters are asked. */
function serversOf({ server, config, caFile, root }: StatusFlags): readonly Server[] {
  const named = server ?? (config === undefined ? process.env["ARGOCD_SERVER"] : undefined);
  if (named !== undefined && named !== "") {
    const url = (/^https?:\/\//.test(named) ? named : `https://${named}`).replace(/\/+$/, "");
    if (!URL.canParse(url)) throw wrongServer(named);
    return [
      { url, place: server === undefined ? "ARGOCD_SERVER" : "--server", ...(caFile !== undefined && { caFile }) },
    ];
  }
  const file = config ?? resolve(root, DEFAULT_CONFIG);
  if (config === undefined && !existsSync(file)) return [];
  const read = readConfig(file);
  const all = Object.keys(read.file.environments).flatMap((name) => planOf(read, name, caFile).argocd ?? []);
  return [...new Map(all.map((one) => [one.url, one])).values()];
}

function wrongServer(value: string): UserError {
  const allowed = "an address such as https://argocd.acme.example";
  return new UserError([
    {
      severity: "error",
      file: "factory status",
      path: "--server",
      value,
      message: "this is no server",
      allowed,
      fix: "correct it",
    },
  ]);
}

async function ofServers(
  servers: readonly Server[],
  filter: Filter,
  signal: AbortSignal,
): Promise<readonly StatusEntry[]> {
  const secrets = Secrets.read(process.env);
  secrets.demand(["ARGOCD_AUTH_TOKEN"]);
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  const patience = { clock: systemClock, outageMs: 10_000, tell };
  const around = { secrets, patience, signal, env: process.env };
  const found = await Promise.all(servers.map((server) => statusOfServer(argoCdApi(server, around), filter)));
  return found.flat();
}
