import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { UserError } from "../../../model/problem";
import { furtherAccess, homeAccess, type ClusterAccess } from "../../cluster/cluster-access";
import type { ClusterOptions } from "../../cluster/kubeconfig-source";
import { visitCluster } from "../../cluster/visit-cluster";
import { ExitCode } from "../../exit-code";
import { writeOutput } from "../../output-file";
import type { StackSettings } from "../stack-settings";
import type { Step } from "../steps";
import type { AdoptFlags } from "../usage";
import { gatherImports, type Imports, type Visit } from "./gather-imports";
import { previewStack } from "./preview-stack";
import { importsJson, importsText, nothingToImport } from "./report";

export interface ImportFlags extends Pick<AdoptFlags, "force" | "json"> {
  readonly importFile: string;
}

/**
 * `factory adopt --import-file`: writes what `pulumi import` reads, and tells what the first update changes on what is
 * imported.
 *
 * @throws UserError when the file is there, the preview fails, or a cluster cannot be looked at
 */
export async function writeImports(
  options: ClusterOptions & { readonly again: AbortSignal },
  { stack = "", config }: StackSettings,
  { importFile, force, json }: ImportFlags,
): Promise<ExitCode> {
  const file = resolve(importFile);
  if (existsSync(file) && force !== true) throw fileIsThere(importFile);
  if (process.stderr.isTTY) process.stderr.write(`previewing the stack ${stack}\n`);
  const declared = await previewStack(options, stack);
  const ways = [homeAccess(config), ...furtherAccess(config)];
  const visit: Visit = (cluster, work) => visitCluster(wayTo(cluster, ways), options, work);
  const imports = await gatherImports(declared, visit);
  if (imports.imported.length === 0) {
    process.stderr.write(nothingToImport(stack, declared.created.length));
    return ExitCode.No;
  }
  writeOutput(file, `${JSON.stringify(imports.file, null, 2)}\n`, "--import-file");
  const steps = stepsOf(
    stack,
    isBelow(process.cwd(), options.root) ? importFile : relative(options.root, file),
    imports,
  );
  const report = { ...imports, stack, fileName: importFile, steps };
  process.stdout.write(json === true ? `${JSON.stringify(importsJson(report), null, 2)}\n` : importsText(report));
  return ExitCode.Done;
}

/** Pulumi finds its project from below, and reads files from where it is called. */
function isBelow(folder: string, root: string): boolean {
  return !relative(root, folder).startsWith("..");
}

function wayTo(cluster: string, ways: readonly ClusterAccess[]): ClusterAccess {
  const way = ways.find((one) => one.cluster === cluster);
  if (way === undefined) throw new Error(`the program has a provider ${cluster}, which the stack's config has not`);
  return way;
}

function fileIsThere(file: string): UserError {
  return new UserError([
    {
      severity: "error",
      file,
      path: "",
      message: "the file is there",
      fix: "name another by --import-file, or replace it with --force",
    },
  ]);
}

function stepsOf(stack: string, file: string, { targets, imported }: Imports): Step[] {
  const of = `--stack ${stack}`;
  const isOwnedByOthers = imported.some(({ update }) => update.ownedByOthers.length > 0);
  const steps: Step[] = [
    {
      what: "Make the program the owner of the fields that others own, which changes no value, and look again: the update then takes out what the catalogue does not say:",
      commands: isOwnedByOthers
        ? [
            `npx factory adopt --from-cluster --take-over ${of}`,
            `npx factory adopt --import-file ${file} --force ${of}`,
          ]
        : [],
    },
    {
      what: "Put the provider into the stack's state, which the import refers to; no cluster is touched:",
      commands: targets.length === 0 ? [] : [`pulumi up ${of} ${targets.map((urn) => `--target '${urn}'`).join(" ")}`],
    },
    {
      what: "Read what exists into the state, which touches no cluster either; what was read before is left out:",
      commands: [`pulumi import ${of} --file ${file} --protect=false --generate-code=false`],
    },
    {
      what: "See updates where the preview said create (of Applications and AppProjects it has every field as added: what differs stands above), and have them done:",
      commands: [`pulumi preview ${of} --diff`, `pulumi up ${of}`],
    },
  ];
  return steps.filter(({ commands }) => commands.length > 0);
}
