import { UserError, type Problem } from "../../model/problem";
import { codeOf, probeTls, type TlsFacts } from "../http/tls-probe";
import type { Answer, ClusterApi } from "./cluster-api";
import { KubectlApi } from "./kubectl-api";
import { withKubeconfig } from "./kubeconfig-source";
import type { KubeTarget } from "./kube-target";
import { answerProblem, noCredentials, notOpened, transportProblem } from "./server-problems";

/** What came of asking the API server who we are. */
export interface ServerFacts {
  /** Absent where the server is not asked directly: by way of a proxy, or without TLS. */
  readonly tls?: TlsFacts;
  /** The server's answer, or why there is none. */
  readonly identity: Answer | { readonly failure: string };
}

/**
 * Opens the way to a cluster's API. Whether the server answers is not known yet.
 *
 * @throws UserError when kubectl cannot be started on it
 */
export async function openApi(target: KubeTarget, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<KubectlApi> {
  // Without TLS, credentials are not sent anyway.
  if (!target.hasCredentials && target.server.startsWith("https:")) throw new UserError([noCredentials(target)]);
  try {
    return await withKubeconfig(target.source, (args) => KubectlApi.open(args, env, signal));
  } catch (error) {
    signal.throwIfAborted();
    throw new UserError([notOpened(target, codeOf(error))]);
  }
}

/** Connects to the server directly for what only a connection tells, then asks it by way of kubectl. */
export async function askServer(target: KubeTarget, api: ClusterApi): Promise<ServerFacts> {
  const { server } = target;
  const [tls, identity] = await Promise.all([
    target.proxied || !server.startsWith("https:") || !URL.canParse(server) ? undefined : probe(target),
    api
      .post("/apis/authentication.k8s.io/v1/selfsubjectreviews", {
        apiVersion: "authentication.k8s.io/v1",
        kind: "SelfSubjectReview",
      })
      .catch((error: unknown) => ({ failure: codeOf(error) })),
  ]);
  return { ...(tls !== undefined && { tls }), identity };
}

function probe({ server, ca, servername }: KubeTarget): Promise<TlsFacts> {
  const { hostname, port } = new URL(server);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return probeTls(
    { host, port: Number(port || 443) },
    { ...(ca !== undefined && { ca }), ...(servername !== undefined && { servername }) },
  );
}

/** Whether the cluster can be looked at any further. */
export function isReachable({ identity }: ServerFacts): boolean {
  // Kubernetes before 1.28 does not know the question, but has read our credentials.
  return "status" in identity && (identity.status < 300 || identity.status === 403 || identity.status === 404);
}

/** Why the server could not be asked; absent where it answers. */
export function unreachable(target: KubeTarget, facts: ServerFacts): Problem | undefined {
  if (isReachable(facts)) return undefined;
  const { identity, tls } = facts;
  const isAnswered = "status" in identity && identity.status === 401;
  // Who does not look at certificates is kept out by something else.
  const isIgnored = target.insecure && tls?.validity !== undefined;
  const code = isAnswered || isIgnored ? undefined : tls?.problem;
  const transport = code === undefined ? undefined : transportProblem(target, code);
  return transport ?? answerProblem(target, identity);
}
