import { Command } from "commander";
import { resolve } from "node:path";
import { plural } from "../model/plural";
import { rootOption } from "./common-options";
import { compare, type Difference } from "./diff/compare";
import { shorten } from "./diff/shorten";
import { ExitCode } from "./exit-code";
import { chooseProjects, projectsOfEither, slugOf } from "./promote/choose-projects";
import { environmentsOf, findEnvironment, loadEnvironment, type LoadedEnvironment } from "./promote/environments";
import { formatTable } from "./table";

const COMMAND = "factory diff";

interface DiffFlags {
  readonly root: string;
  readonly check?: true;
  readonly json?: true;
}

/** `factory diff`: how two environments differ. */
export function diffCommand(): Command {
  return new Command("diff")
    .description("shows how two environments differ, from files alone")
    .argument("<environment>", "the one: dev")
    .argument("<environment>", "the other: prod")
    .argument("[project...]", "these projects alone: shop or acme/shop")
    .option("--check", "ends with 3 when they differ")
    .addOption(rootOption())
    .option("--json", "prints the result as JSON on standard output")
    .addHelpText("after", help)
    .action((one: string, other: string, projects: string[], flags: DiffFlags) => {
      run(one, other, projects, { ...flags, root: resolve(flags.root) });
    });
}

const help = `
What differs by design is no difference: names with the environment in them, its
hash, and <env> in paths, value files and branches. Secrets are not compared.

Examples:
  $ npx factory diff dev prod
  $ npx factory diff staging prod shop --check
  $ npx factory diff dev prod --json | jq -r '.differences[].place'

Exit codes: 0; 3 with --check when they differ; 1 the catalogue or a stack's
config is not valid; 2 the command was called wrongly.`;

function run(one: string, other: string, names: readonly string[], { root, check, json }: DiffFlags): void {
  const all = environmentsOf(root);
  const load = (name: string): LoadedEnvironment =>
    loadEnvironment(root, findEnvironment(name, all, { root, command: COMMAND, place: "environment" }));
  const [left, right] = [load(one), load(other)];
  const differences = compare({ left: left.platform, right: right.platform, ...chosen(names, left, right) });
  const [first, second] = [left.environment, right.environment];
  if (json === true) {
    const result = { format: 1, left: first, right: second, same: differences.length === 0, differences };
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  } else process.stdout.write(table(differences, first, second));
  if (check === true && differences.length > 0) process.exitCode = ExitCode.No;
}

/** The projects that are named, of both environments together. */
function chosen(names: readonly string[], left: LoadedEnvironment, right: LoadedEnvironment) {
  if (names.length === 0) return {};
  const all = projectsOfEither(left.platform, right.platform);
  const where = `${left.environment} or ${right.environment}`;
  return { only: new Set(chooseProjects(names, all, { command: COMMAND, where }).map(slugOf)) };
}

function table(differences: readonly Difference[], left: string, right: string): string {
  if (differences.length === 0) return `${left} and ${right} do not differ\n`;
  const rows = differences.map(({ project = "(platform)", place, ...values }) => [
    project,
    place === "" ? "(the project)" : place,
    ...shorten(values.left, values.right),
  ]);
  const lines = formatTable(["PROJECT", "WHAT", left.toUpperCase(), right.toUpperCase()], rows);
  return [...lines, "", plural(differences.length, "difference"), ""].join("\n");
}
