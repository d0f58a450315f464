/** What `factory adopt` was told. */
export interface AdoptFlags {
  readonly fromCluster?: true;
  readonly stack?: string;
  readonly organisation?: string;
  readonly environment?: string;
  readonly map?: string;
  readonly rewrite?: readonly string[];
  readonly takeOver?: true;
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
  if (flags.fromCluster === true && files.length > 0) return "name files, or --from-cluster, not both";
  if (flags.fromCluster !== true && files.length === 0)
    return "name files or folders with Applications, or --from-cluster";
  if (flags.takeOver === true && (flags.dryRun === true || flags.force === true)) {
    return "--take-over writes no files: leave --dry-run and --force out";
  }
  return undefined;
}

/** This command, as it was called, to take over what it adopts. */
export function takeOverCall(files: readonly string[], flags: AdoptFlags): string {
  const { stack, organisation, environment, map, rewrite = [], kubeconfig, context, namespace } = flags;
  const named = { stack, organisation, environment, map, kubeconfig, context };
  const words = [
    // Standard input cannot be read again.
    ...(flags.fromCluster === true || files.includes("-") ? ["--from-cluster"] : files.map(quoted)),
    "--take-over",
    ...Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${quoted(value)}`])),
    ...rewrite.map((value) => `--rewrite ${quoted(value)}`),
    ...(namespace === "argocd" ? [] : [`--namespace ${quoted(namespace)}`]),
  ];
  return `npx factory adopt ${words.join(" ")}`;
}

function quoted(word: string): string {
  return /^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
