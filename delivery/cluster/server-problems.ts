import type { Problem } from "../../model/problem";
import { messageOf, type Answer } from "./cluster-api";
import type { KubeTarget } from "./kube-target";

/** What is told of a cluster's server: where the way to it is written, the fact, and the fix. */
function problem({ source: { file }, context }: KubeTarget, message: string, fix: string): Problem {
  return { severity: "error", file, path: context === undefined ? "" : `context ${context}`, message, fix };
}

/** kubectl would ask for a name and a password. */
export function noCredentials(target: KubeTarget): Problem {
  return problem(
    target,
    `it gives no credentials for ${target.server}`,
    "log in, and see that the context names a user",
  );
}

/** @param failure kubectl's own words */
export function notOpened(target: KubeTarget, failure: string): Problem {
  return problem(target, `kubectl cannot reach ${target.server}: ${failure}`, look(target));
}

/** What ended a visit that had begun. */
export function cutOff(target: KubeTarget, failure: string): Problem {
  return problem(target, `${target.server} cannot be asked any further: ${failure}`, look(target));
}

/** What is wrong before the server has said anything, by the code of the system or of OpenSSL; absent for others. */
export function transportProblem(target: KubeTarget, code: string): Problem | undefined {
  const known = TRANSPORT[code];
  if (known === undefined) return undefined;
  const [message, fix] = known;
  return problem(target, `${target.server}: ${message}`, fix);
}

/** What is wrong by what the server, or kubectl in its place, answers to the question who we are. */
export function answerProblem(target: KubeTarget, identity: Answer | { readonly failure: string }): Problem {
  const { server } = target;
  const said = "failure" in identity ? identity.failure : messageOf(identity.body);
  if ("status" in identity && identity.status === 401) return unknownUser(target);
  const [, plugin] = /^getting credentials: (.*)/.exec(said) ?? [];
  // The proxy's own words are Go's: no code, and a text that changes with the version.
  return plugin === undefined
    ? problem(target, `${server} cannot be asked: ${said}`, look(target))
    : pluginProblem(target, plugin);
}

/**
 * The server's refusal of one thing.
 *
 * @param what to follow "you may not": `list Applications in argocd`
 */
export function refusedProblem(target: KubeTarget, what: string, { status, body }: Answer): Problem {
  if (status === 401) return unknownUser(target);
  const said = messageOf(body);
  return status === 403
    ? problem(
        target,
        `you may not ${what} (403): ${said}`,
        "have that right given to you, or name an account that has it: --context, --kubeconfig",
      )
    : problem(target, `you cannot ${what}: ${target.server} answers ${String(status)}: ${said}`, look(target));
}

/** @param namespace in which Argo CD was looked for */
export function noArgoCd(target: KubeTarget, namespace: string): Problem {
  return problem(
    target,
    `${target.server} has no Argo CD: it knows no Applications in ${namespace}`,
    "name another cluster by --context or --kubeconfig, or install Argo CD: pulumi up",
  );
}

function unknownUser(target: KubeTarget): Problem {
  return problem(
    target,
    `${target.server} does not know you (401): the token or the client certificate is wrong or has expired`,
    "log in again, or fetch the kubeconfig anew",
  );
}

function pluginProblem(target: KubeTarget, said: string): Problem {
  const [, name] = /^exec: executable (\S+) not found/.exec(said) ?? [];
  return name === undefined
    ? problem(target, `its credential plugin fails: ${said}`, "log in with it again")
    : problem(target, `its credential plugin ${name} is not on the PATH`, "install it, or name another context");
}

/** What shows the same by hand. */
function look({ source: { args, text } }: KubeTarget): string {
  const command = ["kubectl", ...args, "get", "--raw", "/version"].join(" ");
  return text === undefined
    ? `see that this works: ${command}`
    : `see that this works with that kubeconfig: ${command}`;
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
