import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { KubernetesAccess } from "../../model/platform";
import type { Finding } from "../doctor/finding";
import { runKubectl, type KubectlOutcome } from "./kubectl-api";

/** The cluster to look at, as kubectl reads it from the kubeconfig. */
export interface KubeTarget {
  /** What makes kubectl mean it. */
  readonly args: readonly string[];
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

export interface KubeFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
}

export interface FoundTarget {
  readonly target?: KubeTarget;
  readonly findings: readonly Finding[];
}

/** Finds the cluster that the stack means; what the flags say goes before what its config says. */
export async function findTarget(
  access: KubernetesAccess,
  flags: KubeFlags,
  env: NodeJS.ProcessEnv,
): Promise<FoundTarget> {
  const file = flags.kubeconfig === undefined ? undefined : resolve(flags.kubeconfig);
  if (file !== undefined && !existsSync(file)) return { findings: [missingFile(file)] };
  const context = flags.context ?? access.context;
  const which = [...(file === undefined ? [] : ["--kubeconfig", file]), ...(context ? ["--context", context] : [])];
  const findings = sealedFindings(access, flags);
  let view: KubectlOutcome;
  try {
    view = await runKubectl([...which, "config", "view", "--minify", "--flatten", "--raw", "-o", "json"], env);
  } catch {
    return { findings: [...findings, noKubectl] };
  }
  if ("stdout" in view) return { target: targetOf(JSON.parse(view.stdout) as KubeconfigView, which), findings };
  const inCluster = file === undefined && context === undefined ? inClusterTarget(env) : undefined;
  if (inCluster !== undefined) return { target: inCluster, findings };
  const contexts = await runKubectl(
    [...which.slice(0, file === undefined ? 0 : 2), "config", "get-contexts", "-o", "name"],
    env,
  );
  const known = "stdout" in contexts ? contexts.stdout.trim().split("\n").filter(Boolean) : [];
  return { findings: [...findings, judgeView(view.failure, { ...(context && { context }), known, env })] };
}

/** The stack's own kubeconfig is encrypted in its config, and opening it is Pulumi's business. */
export function sealedFindings({ kubeconfig }: KubernetesAccess, flags: KubeFlags): readonly Finding[] {
  if (kubeconfig === undefined || flags.kubeconfig !== undefined) return [];
  return [
    {
      check: "config",
      severity: "warning",
      message:
        "the stack's kubeconfig is a secret that is not opened here: the ambient kubeconfig was taken, which may mean another cluster",
      fix: "write it to a file that only you can read (pulumi config get), and name it with --kubeconfig",
    },
  ];
}

/** Why kubectl could make no target of the kubeconfig. */
export function judgeView(
  failure: string,
  {
    context,
    known,
    env,
  }: { readonly context?: string; readonly known: readonly string[]; readonly env: NodeJS.ProcessEnv },
): Finding {
  if (known.length === 0) {
    const where = env["KUBECONFIG"] ? `$KUBECONFIG (${env["KUBECONFIG"]})` : "$KUBECONFIG nor ~/.kube/config";
    return {
      check: "api",
      severity: "error",
      message: env["KUBECONFIG"] ? `${where} names no cluster` : `neither ${where} names a cluster`,
      fix: "name a kubeconfig with --kubeconfig or $KUBECONFIG",
    };
  }
  const message =
    context === undefined
      ? "the kubeconfig has no current context"
      : known.includes(context)
        ? `the kubeconfig cannot be read: ${failure}`
        : `the kubeconfig has no context "${context}"; it has ${known.join(", ")}`;
  return {
    check: "api",
    severity: "error",
    message,
    fix:
      context !== undefined && known.includes(context)
        ? "mend the kubeconfig"
        : "name one with --context, or set gitops-factory:kubernetes.context",
  };
}

const noKubectl: Finding = {
  check: "api",
  severity: "error",
  message: "kubectl is not on the PATH: the cluster cannot be looked at",
  fix: 'install kubectl (https://kubernetes.io/docs/tasks/tools); for the lab: eval "$(npx factory lab env)"',
};

function missingFile(file: string): Finding {
  return {
    check: "api",
    severity: "error",
    message: `there is no kubeconfig ${file}`,
    fix: "correct the path after --kubeconfig",
  };
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

function targetOf(view: KubeconfigView, args: readonly string[]): KubeTarget {
  const cluster = view.clusters?.[0]?.cluster ?? {};
  const ca = cluster["certificate-authority-data"];
  const servername = cluster["tls-server-name"];
  const user = view.users?.[0]?.user ?? {};
  const clientCertificate = user["client-certificate-data"];
  return {
    args,
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
function inClusterTarget(env: NodeJS.ProcessEnv): KubeTarget | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = "443" } = env;
  if (host === undefined || env["KUBECONFIG"]) return undefined;
  const server = `https://${host.includes(":") ? `[${host}]` : host}:${port}`;
  return { args: [], server, insecure: false, proxied: true, hasCredentials: true };
}

function decode(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}
