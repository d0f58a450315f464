import { Command } from "commander";
import { resolve } from "node:path";
import { plural } from "../model/plural";
import { formatFact, formatProblem } from "../model/problem";
import { gathered, rootOption } from "./common-options";
import { refuseDifferent, writeFiles } from "./adopt/catalogue-files";
import { readMapping } from "./adopt/mapping-file";
import { writeImports } from "./adopt/imports/write-imports";
import { planAdoption } from "./adopt/plan-adoption";
import type { AdoptionPlan } from "./adopt/plan-adoption";
import { jsonReport, takeOverReport, textReport } from "./adopt/report";
import { readClusters } from "./adopt/read-clusters";
import { readFiles } from "./adopt/read-files";
import { readRewrites } from "./adopt/rewrite";
import { readStackOf, type StackSettings } from "./adopt/stack-settings";
import { usageFinding } from "./adopt/usage";
import type { AdoptFlags } from "./adopt/usage";
import { takeOverClusters } from "./adopt/take-over-clusters";
import type { ClusterOptions } from "./cluster/kubeconfig-source";
import { ExitCode } from "./exit-code";
import { interruptible } from "./interruptible";

/** `factory adopt`: what exists becomes the catalogue's. */
export function adoptCommand(): Command {
  return new Command("adopt")
    .description("turns Applications that exist into catalogue files, so that nothing restarts")
    .argument("[files...]", "files and folders with Applications; - is standard input")
    .option("--from-cluster", "reads the clusters instead, with all that is around them")
    .option("-s, --stack <name>", "the stack that they are for (default: the selected one)")
    .option("--organisation <name>", "whose they are, where nothing else tells")
    .option("--environment <name>", "their environment (default: that of the stack)")
    .option("--map <file>", "says of each Application where it belongs")
    .option("--rewrite <from=to>", "begins URLs otherwise; repeatable", gathered)
    .option("--take-over", "makes the program the owner of their fields; no value changes")
    .option("--import-file <file>", "writes what `pulumi import` reads of what exists already")
    .option("--kubeconfig <file>", "the cluster's kubeconfig (default: as kubectl)")
    .option("--context <name>", "its context (default: the stack's, else the current)")
    .option("-n, --namespace <name>", "the namespace of Argo CD", "argocd")
    .option("--dry-run", "writes nothing, and prints the files")
    .option("--force", "replaces files that say otherwise")
    .option("--json", "prints the result as JSON on standard output")
    .addOption(rootOption())
    .addHelpText("after", help)
    .action((files: readonly string[], flags: AdoptFlags) =>
      interruptible((signal, again) => run(files, flags, { signal, again })),
    );
}

const help = `
Reads Applications, AppProjects, ApplicationSets over files (argocd-autopilot),
namespaces with quota, limits and policies, and the Secrets of repositories, of
which it takes names alone. It writes catalog/<organisation>/<project>.yaml, and
prints what is not carried over, why, and the steps to the first update.

With --import-file it previews the stack instead, once the catalogue files are
written: what the first update would make although it exists goes into a file
for \`pulumi import\`, and what the update changes there is told.

Where an Application belongs: --map, its labels (dso/*), Cloud π's names and
those of argocd-autopilot, --organisation and --environment, its URL.

  # adoption.yaml, for --map
  applications:
    argo-docserver: { organisation: protobox1, project: docserver }

Examples:
  $ npx factory adopt application.yml --environment dev
  $ npx factory adopt --from-cluster --stack dev --dry-run
  $ npx factory adopt --from-cluster --map adoption.yaml
  $ npx factory adopt --from-cluster --take-over
  $ npx factory adopt --import-file imports.json --stack dev
  $ npx factory adopt app.yml --environment dev \\
      --rewrite http://192.168.1.7/gitlab=http://git.protobox/gitlab
  $ kubectl get applications -A -o yaml | npx factory adopt - -s dev

Exit codes: 0 all Applications are adopted; 4 some are not, and the output says
why; 3 none is, or there is nothing to import; 1 something cannot be read, or a
file is there and says otherwise; 2 the command was called wrongly.`;

interface Interrupts {
  readonly signal: AbortSignal;
  readonly again: AbortSignal;
}

async function run(files: readonly string[], flags: AdoptFlags, { signal, again }: Interrupts): Promise<void> {
  const misuse = usageFinding(files, flags);
  if (misuse !== undefined) {
    process.stderr.write(`error: ${misuse}\n(--help shows what can be written)\n`);
    process.exitCode = ExitCode.Usage;
    return;
  }
  const root = resolve(flags.root);
  const stack = readStackOf(root, flags, process.env);
  const options: ClusterOptions = { ...clusterFlags(flags, stack), root, env: process.env, signal };
  if (flags.importFile !== undefined) {
    process.exitCode = await writeImports({ ...options, again }, stack, { ...flags, importFile: flags.importFile });
    return;
  }
  const mapping = flags.map === undefined ? {} : readMapping(flags.map);
  const rewrite = readRewrites(flags.rewrite ?? []);
  const read =
    flags.fromCluster === true ? await readClusters(stack.config, options, flags.namespace) : readFiles(files);
  signal.throwIfAborted();
  const plan = planAdoption(read, { root, stack, mapping, rewrite, flags, files });
  for (const problem of plan.warnings) process.stderr.write(`${formatProblem(problem)}\n`);
  if (flags.takeOver === true) return takeOverAll(plan, stack, options, flags.json === true);
  refuseDifferent(plan.files, flags.force === true || flags.dryRun === true);
  const written = flags.dryRun === true ? [] : writeFiles(plan.files, root, flags.force === true);
  const report = { ...plan, written };
  if (flags.json === true) process.stdout.write(`${JSON.stringify(jsonReport(report), null, 2)}\n`);
  else process.stdout.write(flags.dryRun === true ? withFiles(textReport(report), plan) : textReport(report));
  process.exitCode = exitCodeOf(plan);
}

function clusterFlags(
  { kubeconfig, context }: AdoptFlags,
  { stack }: StackSettings,
): Pick<ClusterOptions, "kubeconfig" | "context" | "stack"> {
  return {
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(context !== undefined && { context }),
    ...(stack !== undefined && { stack }),
  };
}

async function takeOverAll(
  plan: AdoptionPlan,
  { config }: StackSettings,
  options: ClusterOptions,
  isJson: boolean,
): Promise<void> {
  const { kept } = plan.adoption;
  const changed = await takeOverClusters(config, options, kept);
  for (const [cluster, problem] of Object.entries(plan.unread)) {
    const message = `nothing was taken over there: ${formatFact(problem)}`;
    const place = { severity: "warning" as const, file: `the cluster ${cluster}`, path: "" };
    process.stderr.write(`${formatProblem({ ...place, message, fix: problem.fix })}\n`);
    process.exitCode = ExitCode.Warned;
  }
  const result = { changed, kept, unread: Object.keys(plan.unread) };
  process.stdout.write(isJson ? `${JSON.stringify(result, null, 2)}\n` : takeOverReport(changed, kept));
}

function withFiles(text: string, { files }: AdoptionPlan): string {
  return `${files.map(({ file, text: content }) => `--- ${file}\n${content}\n`).join("")}${text}`;
}

/** What is not adopted deserves a look, and stops nothing. */
function exitCodeOf({ adoption, notes }: AdoptionPlan): ExitCode {
  if (adoption.applications.length === 0) return ExitCode.No;
  const refused = new Set(notes.filter(({ weight }) => weight === "refused").map(({ object }) => object));
  if (refused.size === 0) return ExitCode.Done;
  process.stderr.write(`${plural(refused.size, "object")} not adopted: see above\n`);
  return ExitCode.Warned;
}
