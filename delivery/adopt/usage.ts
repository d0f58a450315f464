/** What `factory adopt` was told. */
export interface AdoptFlags {
  readonly fromCluster?: true;
  readonly stack?: string;
  readonly organisation?: string;
  readonly environment?: string;
  readonly map?: string;
  readonly rewrite?: readonly string[];
  readonly takeOver?: true;
  readonly importFile?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace: string;
  readonly dryRun?: true;
  readonly force?: true;
  readonly json?: true;
  readonly root: string;
}

/** What contradicts itself in a call. */
export function usageFinding(files: readonly string[], flags: AdoptFlags): string | undefined {
  if (flags.importFile !== undefined) return importFinding(files, flags);
  if (flags.fromCluster === true && files.length > 0) return "name files, or --from-cluster, not both";
  if (flags.fromCluster !== true && files.length === 0)
    return "name files or folders with Applications, or --from-cluster; --import-file comes after";
  if (flags.takeOver === true && (flags.dryRun === true || flags.force === true)) {
    return "--take-over writes no files: leave --dry-run and --force out";
  }
  return undefined;
}

/** An import goes by what the program declares, once the catalogue says it. */
function importFinding(files: readonly string[], flags: AdoptFlags): string | undefined {
  const { fromCluster, organisation, environment, map, rewrite, takeOver, dryRun } = flags;
  const about = { fromCluster, organisation, environment, map, rewrite, takeOver, dryRun };
  const given = Object.entries(about).flatMap(([name, value]) => (value === undefined ? [] : [optionOf(name)]));
  const extra = [...(files.length > 0 ? ["the files"] : []), ...given];
  if (extra.length === 0) return undefined;
  return `--import-file goes by what the catalogue says already: leave ${extra.join(", ")} out`;
}

function optionOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** This command, as it was called, to take over what it adopts. */
export function takeOverCall(files: readonly string[], flags: AdoptFlags): string {
  const { stack, organisation, environment, map, rewrite = [], kubeconfig, context, namespace } = flags;
  const words = [
    // Standard input cannot be read again.
    ...(flags.fromCluster === true || files.includes("-") ? ["--from-cluster"] : files.map(quoted)),
    "--take-over",
    ...options({ stack, organisation, environment, map, kubeconfig, context }),
    ...rewrite.map((value) => `--rewrite ${quoted(value)}`),
    ...(namespace === "argocd" ? [] : [`--namespace ${quoted(namespace)}`]),
  ];
  return `npx factory adopt ${words.join(" ")}`;
}

/** This command, to write the imports of what it has adopted. */
export function importCall({ stack, kubeconfig, context }: AdoptFlags): string {
  return ["npx factory adopt --import-file imports.json", ...options({ stack, kubeconfig, context })].join(" ");
}

function options(named: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${quoted(value)}`]));
}

function quoted(word: string): string {
  return /^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
