import { Command, Option } from "commander";
import { resolve } from "node:path";
import { UserError } from "../model/problem";
import { suggestionOr } from "../model/suggest";
import { gathered, rootOption } from "./common-options";
import { graphOf } from "./graph/graph";
import type { FactoryGraph } from "./graph/graph";
import { renderDot } from "./graph/dot";
import { renderHtml } from "./graph/html";
import { renderMarkdown } from "./graph/markdown";
import { renderMermaid } from "./graph/mermaid";
import { renderSvg } from "./graph/svg";
import { writeOutput } from "./output-file";
import { allStacks, loadStacks, type LoadedStack } from "./stacks";

const FORMATS = ["mermaid", "markdown", "svg", "html", "dot", "json"] as const;
type Format = (typeof FORMATS)[number];

interface GraphFlags {
  readonly stack?: readonly string[];
  readonly project?: string;
  readonly format: Format;
  readonly json?: true;
  readonly output?: string;
  readonly root: string;
}

/** `factory graph`: who deploys what where, as a picture. */
export function graphCommand(): Command {
  return new Command("graph")
    .description("draws organisations, projects, Applications and namespaces")
    .option("-s, --stack <name>", "this stack; repeatable; all stacks when left out", gathered)
    .option("-p, --project <name>", "this project alone: shop or acme/shop")
    .addOption(new Option("-f, --format <name>", "what is written").choices(FORMATS).default("mermaid"))
    .option("--json", "the same as --format json")
    .option("-o, --output <file>", "writes there instead of to standard output")
    .addOption(rootOption())
    .addHelpText("after", help)
    .action((flags: GraphFlags, command: Command) => {
      if (flags.json !== true) run(flags);
      else if (command.getOptionValueSource("format") === "default" || flags.format === "json") {
        run({ ...flags, format: "json" });
      } else command.error(`error: option '--json' cannot be used with '--format ${flags.format}'`);
    });
}

const help = `
It reads the catalogue and the stacks' config, and no cluster. The formats:
  mermaid   one flowchart; more than Mermaid draws is summed up
  markdown  a document with a flowchart for each organisation, for GitLab
  svg       a picture, in the reader's colour scheme
  html      a page with that picture, and the same as a list
  dot       for Graphviz
  json      the graph itself

Examples:
  $ npx factory graph
  $ npx factory graph --stack prod --format svg --output prod.svg
  $ npx factory graph --project acme/shop --format markdown --output shop.md
  $ npx factory graph --json | jq '.organisations[].projects[].name'

Exit codes: 0 done; 1 the stacks are not valid, no project is so called, or the
file cannot be written; 2 the command was called wrongly.`;

function run(flags: GraphFlags): void {
  const root = resolve(flags.root);
  const platforms = loadStacks(root, flags.stack ?? allStacks(root));
  const graph = graphOf(platforms, flags.project);
  if (flags.project !== undefined && graph.organisations.length === 0) throw unknownProject(flags.project, platforms);
  const text = render(graph, flags.format);
  if (flags.output === undefined) process.stdout.write(text);
  else writeOutput(flags.output, text);
}

function unknownProject(value: string, platforms: readonly LoadedStack[]): UserError {
  const projects = graphOf(platforms).organisations.flatMap(({ name, projects: own }) =>
    own.map((project) => ({ short: project.name, full: `${name}/${project.name}` })),
  );
  const known = projects.map(({ short, full }) => (value.includes("/") ? full : short));
  return new UserError([
    {
      severity: "error",
      file: "factory graph",
      path: "--project",
      value,
      message: `no project of ${platforms.length === 1 ? "the stack" : "the stacks"} ${platforms.map(({ stack }) => stack).join(", ")} is so called`,
      fix: suggestionOr(value, known, "name a project of the catalogue: shop, or acme/shop"),
    },
  ]);
}

function render(graph: FactoryGraph, format: Format): string {
  switch (format) {
    case "mermaid": {
      const { text, leftOut } = renderMermaid(graph);
      if (leftOut !== undefined) process.stderr.write(`${leftOut}; --format markdown draws all of it\n`);
      return text;
    }
    case "markdown":
      return renderMarkdown(graph);
    case "svg":
      return renderSvg(graph);
    case "html":
      return renderHtml(graph);
    case "dot":
      return renderDot(graph);
    case "json":
      // Members may join it; a change of what is there gets another format.
      return `${JSON.stringify({ format: 1, ...graph }, null, 2)}\n`;
  }
}
