import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { UserError } from "../../model/problem";
import type { SecretText } from "../../model/secret";
import { HOME, type ClusterAccess } from "./cluster-access";
import { openSecret } from "./stack-secret";

/** What the user said of Argo CD's own cluster. */
export interface KubeFlags {
  /** Also stands for the ambient kubeconfig where a further cluster is one of its contexts. */
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** What it takes to go to the clusters of a stack. */
export interface ClusterOptions extends KubeFlags {
  /** The project's folder. */
  readonly root: string;
  /** Absent where no stack is meant, whose config then says nothing. */
  readonly stack?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Where the way to a cluster is written. */
export interface KubeconfigSource {
  /** As messages call it: a file, `$KUBECONFIG` with several, a secret of the stack. */
  readonly file: string;
  readonly context?: string;
  /** What makes kubectl mean it: `--kubeconfig`, `--context`. */
  readonly args: readonly string[];
  /** The kubeconfig itself, where it is a secret of the stack. */
  readonly text?: SecretText;
}

/**
 * Finds where the way to a cluster is written; what the flags say of Argo CD's own goes before the stack's config.
 *
 * @throws UserError when the file of a flag is not there, or a secret cannot be opened
 */
export async function kubeconfigSource(access: ClusterAccess, options: ClusterOptions): Promise<KubeconfigSource> {
  const isHome = access.cluster === HOME;
  const context = (isHome ? options.context : undefined) ?? access.context;
  const chosen = {
    ...(context !== undefined && { context }),
    args: context === undefined ? [] : ["--context", context],
  };
  if (access.secret !== undefined && !(isHome && options.kubeconfig !== undefined)) {
    const { stack = "" } = options;
    const otherwise = isHome ? { otherwise: "name the cluster with --kubeconfig" } : {};
    const text = await openSecret(access.secret, { ...options, ...otherwise, stack });
    return { ...chosen, file: `the secret "${access.secret}" of Pulumi.${stack}.yaml`, text };
  }
  if (options.kubeconfig === undefined) return { ...chosen, file: ambientFile(options.env) };
  const file = resolve(options.kubeconfig);
  if (!existsSync(file)) throw missingFile(options.kubeconfig);
  return { ...chosen, file: options.kubeconfig, args: ["--kubeconfig", file, ...chosen.args] };
}

function missingFile(file: string): UserError {
  const fix = "correct the path after --kubeconfig";
  return new UserError([{ severity: "error", file, path: "", message: "there is no such kubeconfig", fix }]);
}

/** What kubectl reads by itself. */
function ambientFile({ KUBECONFIG: named = "" }: NodeJS.ProcessEnv): string {
  const files = named.split(delimiter).filter(Boolean);
  const [only, ...others] = files;
  if (only === undefined) return "~/.kube/config";
  return others.length === 0 ? only : `$KUBECONFIG (${named})`;
}

/**
 * Does something for which kubectl needs the kubeconfig as a file. That of a secret is on the disk no longer than that,
 * in a folder that nobody else can enter.
 */
export async function withKubeconfig<T>(
  { text, args }: KubeconfigSource,
  run: (args: readonly string[]) => Promise<T>,
): Promise<T> {
  if (text === undefined) return run(args);
  const folder = mkdtempSync(join(tmpdir(), "gitops-factory-kubeconfig-"));
  try {
    const file = join(folder, "config");
    writeFileSync(file, text.reveal(), { mode: 0o600 });
    return await run(["--kubeconfig", file, ...args]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
