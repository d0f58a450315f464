import { existsSync } from "node:fs";
import { UserError, type Problem } from "../../model/problem";
import { suggestionOr } from "../../model/suggest";
import { codeOf } from "../http/tls-probe";
import type { ClusterAccess } from "./cluster-access";
import { kubeconfigSource, withKubeconfig, type ClusterOptions, type KubeconfigSource } from "./kubeconfig-source";
import { runKubectl, type KubectlOutcome } from "./kubectl-api";

/** The cluster to look at, as kubectl reads it from the kubeconfig. */
export interface KubeTarget {
  /** What makes kubectl mean it. */
  readonly source: KubeconfigSource;
  /** Absent in a pod without a kubeconfig. */
  readonly context?: string;
  readonly server: string;
  /** PEM of the cluster's authority. */
  readonly ca?: string;
  /** The name that the server's certificate is checked for, where it is not the URL's. */
  readonly servername?: string;
  /** The server's certificate is not checked at all. */
  readonly insecure: boolean;
  /** The server is reached by way of another, so that it cannot be connected to directly. */
  readonly proxied: boolean;
  /** Whether the context's user has anything to show; kubectl would ask for a name and a password otherwise. */
  readonly hasCredentials: boolean;
  /** PEM. Keys and tokens stay with kubectl. */
  readonly clientCertificate?: string;
}

/**
 * Finds the cluster that the stack means, without asking it for anything.
 *
 * @throws UserError that says what is wrong with the kubeconfig, where it leads to no cluster
 */
export async function findTarget(access: ClusterAccess, options: ClusterOptions): Promise<KubeTarget> {
  const { env } = options;
  const source = await kubeconfigSource(access, options);
  return withKubeconfig(source, async (args) => {
    const view = await ask([...args, "config", "view", "--minify", "--flatten", "--raw", "-o", "json"], env);
    if ("stdout" in view) return targetOf(JSON.parse(view.stdout) as KubeconfigView, source);
    const inCluster = args.length === 0 ? inClusterTarget(source, env) : undefined;
    if (inCluster !== undefined) return inCluster;
    const contexts = await ask([...withoutContext(args), "config", "get-contexts", "-o", "name"], env);
    const known = "stdout" in contexts ? contexts.stdout.trim().split("\n").filter(Boolean) : [];
    throw new UserError([judgeView(view.failure, source, known)]);
  });
}

async function ask(args: readonly string[], env: NodeJS.ProcessEnv): Promise<KubectlOutcome> {
  try {
    return await runKubectl(args, env);
  } catch (error) {
    throw new UserError([noKubectl(codeOf(error))]);
  }
}

function withoutContext(args: readonly string[]): readonly string[] {
  const at = args.indexOf("--context");
  return at === -1 ? args : args.slice(0, at);
}

function noKubectl(code: string): Problem {
  const why = code === "ENOENT" ? "it is not on the PATH" : `it cannot be run (${code})`;
  const fix = 'install kubectl (https://kubernetes.io/docs/tasks/tools); for the lab: eval "$(npx factory lab env)"';
  return problem("kubectl", `${why}: the cluster cannot be looked at`, fix);
}

/**
 * Why kubectl could make no target of the kubeconfig.
 *
 * @param failure kubectl's own words
 * @param known the contexts that there are
 */
export function judgeView(failure: string, source: KubeconfigSource, known: readonly string[]): Problem {
  const { file, context } = source;
  const mend = source.text === undefined ? "mend it, or fetch it anew" : SET_ANEW;
  const broken = /^error loading config file "(.*?)": (?:open .*?: )?(.*)$/.exec(failure);
  if (broken !== null) {
    const [, path = "", why = ""] = broken;
    const fix = why === "permission denied" ? "have the right to read it given to you" : mend;
    return problem(source.text === undefined ? path : file, `it cannot be read as a kubeconfig: ${why}`, fix);
  }
  if (known.length === 0) return emptyProblem(source);
  if (context === undefined) {
    const fix = "name one with --context, or set gitops-factory:kubernetes.context";
    return problem(file, `it has no current context; it has ${known.join(", ")}`, fix);
  }
  if (!known.includes(context)) {
    const fix = suggestionOr(
      context,
      known,
      "name another with --context, or correct the context in the stack's config",
    );
    return problem(file, `it has no context "${context}"; it has ${known.join(", ")}`, fix);
  }
  return { ...problem(file, `it leads nowhere: ${failure}`, mend), path: `context ${context}` };
}

/** A kubeconfig that names files holds for one machine alone. */
const SET_ANEW = "set it anew, from the output of: kubectl config view --raw --minify --flatten";

function emptyProblem({ file, args, text }: KubeconfigSource): Problem {
  const empty = "it names no cluster";
  if (text !== undefined) return problem(file, empty, SET_ANEW);
  if (args.includes("--kubeconfig")) return problem(file, empty, "fetch it anew, or name another with --kubeconfig");
  if (file === "~/.kube/config") {
    const message = "there is no kubeconfig that names a cluster, neither in $KUBECONFIG nor here";
    return problem(file, message, "name one with --kubeconfig or $KUBECONFIG");
  }
  return file.startsWith("$") || existsSync(file)
    ? problem(file, empty, "name another with --kubeconfig or $KUBECONFIG")
    : problem(file, "there is no such kubeconfig", "correct $KUBECONFIG, or name a kubeconfig with --kubeconfig");
}

function problem(file: string, message: string, fix: string): Problem {
  return { severity: "error", file, path: "", message, fix };
}

/** What `kubectl config view --minify --flatten -o json` prints, as far as it is read. */
interface KubeconfigView {
  readonly "current-context": string;
  readonly clusters?: readonly {
    readonly cluster: {
      readonly server?: string;
      readonly "certificate-authority-data"?: string;
      readonly "insecure-skip-tls-verify"?: boolean;
      readonly "tls-server-name"?: string;
      readonly "proxy-url"?: string;
    };
  }[];
  readonly users?: readonly { readonly user: { readonly "client-certificate-data"?: string } }[] | null;
}

function targetOf(view: KubeconfigView, source: KubeconfigSource): KubeTarget {
  const cluster = view.clusters?.[0]?.cluster ?? {};
  const ca = cluster["certificate-authority-data"];
  const servername = cluster["tls-server-name"];
  const user = view.users?.[0]?.user ?? {};
  const clientCertificate = user["client-certificate-data"];
  return {
    source,
    context: view["current-context"],
    server: cluster.server ?? "http://localhost:8080",
    ...(ca !== undefined && { ca: decode(ca) }),
    ...(servername !== undefined && { servername }),
    insecure: cluster["insecure-skip-tls-verify"] === true,
    proxied: cluster["proxy-url"] !== undefined,
    hasCredentials: Object.keys(user).length > 0,
    ...(clientCertificate !== undefined && { clientCertificate: decode(clientCertificate) }),
  };
}

/** In a pod, a CI runner's for one, kubectl and Pulumi take the pod's own service account. */
function inClusterTarget(source: KubeconfigSource, env: NodeJS.ProcessEnv): KubeTarget | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = "443" } = env;
  if (host === undefined || env["KUBECONFIG"]) return undefined;
  const server = `https://${host.includes(":") ? `[${host}]` : host}:${port}`;
  return {
    source: { ...source, file: "the pod's service account" },
    server,
    insecure: false,
    proxied: true,
    hasCredentials: true,
  };
}

function decode(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}
