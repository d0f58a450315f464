import { messageOf, type Answer, type ClusterApi } from "../cluster/cluster-api";
import type { Finding } from "./finding";
import type { KubeTarget } from "../cluster/kube-target";
import { codeOf, probeTls, type TlsFacts } from "../http/tls-probe";

/** What came of asking the API server who we are. */
export interface ApiFacts {
  readonly server: string;
  readonly insecure: boolean;
  /** Absent where the server is not asked directly: by way of a proxy, or without TLS. */
  readonly tls?: TlsFacts;
  /** The server's answer, or why there is none. */
  readonly identity: Answer | { readonly failure: string };
}

/** Connects to the server directly for what only a connection tells, then asks it by way of kubectl. */
export async function gatherApi(target: KubeTarget, api: ClusterApi): Promise<ApiFacts> {
  const { server, insecure } = target;
  const url = new URL(server);
  const direct = url.protocol === "https:" && !target.proxied;
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const [tls, identity] = await Promise.all([
    direct
      ? probeTls(
          { host, port: Number(url.port || 443) },
          {
            ...(target.ca !== undefined && { ca: target.ca }),
            ...(target.servername !== undefined && { servername: target.servername }),
          },
        )
      : undefined,
    api
      .post("/apis/authentication.k8s.io/v1/selfsubjectreviews", {
        apiVersion: "authentication.k8s.io/v1",
        kind: "SelfSubjectReview",
      })
      .catch((error: unknown) => ({ failure: codeOf(error) })),
  ]);
  return { server, insecure, ...(tls !== undefined && { tls }), identity };
}

/** Whether the cluster can be looked at any further. */
export function isReachable({ identity }: ApiFacts): boolean {
  // Kubernetes before 1.28 does not know the question, but has read our credentials.
  return "status" in identity && (identity.status < 300 || identity.status === 403 || identity.status === 404);
}

export function judgeApi(facts: ApiFacts): readonly Finding[] {
  const { server, identity, insecure } = facts;
  const unchecked: readonly Finding[] = insecure
    ? [
        {
          check: "api",
          severity: "warning",
          message:
            "the kubeconfig says insecure-skip-tls-verify: whoever answers is believed, and given your credentials",
          fix: "give the cluster's certificate-authority-data instead",
        },
      ]
    : [];
  if (isReachable(facts)) return [...unchecked, reached(facts)];
  const problem = facts.tls?.problem;
  const transport = problem === undefined ? undefined : transportFinding(server, problem);
  if (transport !== undefined && !("status" in identity && identity.status === 401)) return [...unchecked, transport];
  return [...unchecked, answerFinding(facts)];
}

function reached({ server, identity }: ApiFacts): Finding {
  const review = "body" in identity ? (identity.body as { status?: { userInfo?: { username?: string } } }) : {};
  const user = review.status?.userInfo?.username;
  return { check: "api", severity: "ok", message: `${server} answers${user === undefined ? "" : ` ${user}`}` };
}

/** What is wrong before the server has said anything, by the code of the system or of OpenSSL. */
function transportFinding(server: string, code: string): Finding | undefined {
  const known = TRANSPORT[code];
  if (known === undefined) return undefined;
  const [message, fix] = known;
  return { check: "api", severity: "error", message: `${server}: ${message}`, fix };
}

const UNTRUSTED = [
  "its certificate is signed by an authority that the kubeconfig does not know",
  "fetch the kubeconfig anew; behind a proxy that opens TLS, add its authority to certificate-authority-data",
] as const;
const UNREACHABLE = [
  "it does not answer",
  "see that a VPN is up, and that a firewall lets this machine through",
] as const;

const TRANSPORT: Readonly<Record<string, readonly [message: string, fix: string]>> = {
  ECONNREFUSED: [
    "the connection is refused: nothing listens there",
    "start the cluster, or correct the server in the kubeconfig",
  ],
  ETIMEDOUT: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ECONNRESET: ["the connection is cut off", "see what stands between this machine and the server"],
  ENOTFOUND: ["its name does not resolve", "correct the server in the kubeconfig, or see that a VPN is up"],
  EAI_AGAIN: ["this machine's DNS does not answer", "mend the machine's DNS, or see that a VPN is up"],
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_SIGNATURE_FAILURE: UNTRUSTED,
  CERT_HAS_EXPIRED: [
    "its certificate has expired",
    "renew it (kubeadm certs renew apiserver), or set this machine's clock",
  ],
  CERT_NOT_YET_VALID: ["its certificate is not valid yet", "set this machine's clock"],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    "its certificate is for other names",
    "use a name of the certificate as the server, or set tls-server-name in the kubeconfig",
  ],
};

function answerFinding({ server, identity }: ApiFacts): Finding {
  const said = "failure" in identity ? identity.failure : messageOf(identity.body);
  if ("status" in identity && identity.status === 401) {
    return {
      check: "api",
      severity: "error",
      message: `${server} does not know you (401): the token or the client certificate is wrong or has expired`,
      fix: "log in again, or fetch the kubeconfig anew",
    };
  }
  if (said.startsWith("getting credentials:")) {
    return {
      check: "api",
      severity: "error",
      message: `the kubeconfig's credential plugin fails: ${said.replace("getting credentials: ", "")}`,
      fix: "install it, or log in with it again",
    };
  }
  // The proxy's own words are Go's: no code, and a text that changes with the version.
  return {
    check: "api",
    severity: "error",
    message: `${server} cannot be asked: ${said}`,
    fix: "see that this works: kubectl get --raw /version",
  };
}

/** Why kubectl was not asked to open the way to the server, or could not. */
export function closedFinding({ server }: KubeTarget, failure?: string): Finding {
  if (failure === undefined) {
    return {
      check: "api",
      severity: "error",
      message: `the kubeconfig gives no credentials for ${server}`,
      fix: "log in, and see that the context names a user",
    };
  }
  return {
    check: "api",
    severity: "error",
    message: `kubectl cannot reach ${server}: ${failure}`,
    fix: "see that this works: kubectl get --raw /version",
  };
}
