import { Command, Option } from "commander";
import { resolve } from "node:path";
import { gathered, rootOption } from "./common-options";
import { graphOf, sizeOf } from "./graph/graph";
import { renderSvg } from "./graph/svg";
import { interruptible } from "./interruptible";
import { factsOf, type StackSource } from "./report/facts";
import { askClusters, type Gathered, gatherStacks } from "./report/gather";
import { type PageExtras, renderPage } from "./report/page";
import { readStatusFile } from "./report/status-file";
import { writeOutput } from "./output-file";
import { tellProblems } from "./tell-problems";

interface ReportFlags {
  readonly stack?: readonly string[];
  readonly status?: true;
  readonly statusFile?: string;
  readonly output: string;
  readonly json?: true;
  readonly root: string;
}

/** `factory report`: the whole factory as one page. */
export function reportCommand(): Command {
  return new Command("report")
    .description("writes one HTML page of the whole factory: projects, Applications, state")
    .option("-s, --stack <name>", "this stack alone; repeatable (default: all)", gathered)
    .option("--status", "asks the stacks' clusters for the state, by kubectl")
    .addOption(
      new Option(
        "--status-file <file>",
        "takes the state from `factory status --json`; - reads standard input",
      ).conflicts("status"),
    )
    .addOption(
      new Option("-o, --output <file>", "where the page goes; - is standard output").default("factory-report.html"),
    )
    .option("--json", "prints the facts as JSON on standard output, and writes no page")
    .addOption(rootOption())
    .addHelpText("after", help)
    .action((flags: ReportFlags) => interruptible((signal) => run(flags, signal)));
}

const help = `
The page is one file: it fetches nothing, and shows what the catalogue and the
stacks say, with links to Argo CD and Git. Without --status or --status-file it
is made from files alone. A cluster that cannot be asked is a warning; the page
says so. No secret is in it; who may see the catalogue may see the page.

Examples:
  $ npx factory report
  $ npx factory report --status --output public/index.html
  $ npx factory status --json | npx factory report --status-file -
  $ npx factory report --stack prod --json | jq '.projects[].name'

Exit codes: 0 the page is written; 1 a stack or the state is not valid, or the
file cannot be written; 2 the command was called wrongly; 130 after Ctrl-C.`;

async function run(flags: ReportFlags, signal: AbortSignal): Promise<void> {
  const root = resolve(flags.root);
  const gathered = gatherStacks(root, flags.stack);
  const { stacks, states } = await withStates(gathered, flags, root, signal);
  // What was cut off must not be read as the whole.
  signal.throwIfAborted();
  const facts = factsOf(stacks, states, new Date());
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
    return;
  }
  const page = renderPage(facts, pictureOf(stacks));
  if (flags.output === "-") process.stdout.write(page);
  else write(flags.output, page);
}

/** More Applications than this make a picture that is larger than the rest of the page, and that nobody reads. */
const DRAWABLE = 200;

function pictureOf(stacks: readonly StackSource[]): PageExtras {
  const graph = graphOf(stacks);
  return sizeOf(graph.organisations).applications > DRAWABLE ? {} : { graph: renderSvg(graph) };
}

async function withStates(
  gathered: Gathered,
  { status, statusFile }: ReportFlags,
  root: string,
  signal: AbortSignal,
): Promise<Gathered> {
  if (statusFile !== undefined) return { ...gathered, states: await readStatusFile(statusFile) };
  if (status === undefined) return gathered;
  const asked = await askClusters(gathered.stacks, { root, env: process.env, signal });
  tellProblems(asked.problems);
  return asked;
}

function write(file: string, page: string): void {
  writeOutput(file, page);
  const size = Math.ceil(Buffer.byteLength(page) / 1024);
  process.stdout.write(`${file}: ${String(size)} KiB; open it in a browser\n`);
}
