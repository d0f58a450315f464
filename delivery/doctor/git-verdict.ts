import type { Finding } from "./finding";
import { formatEndpoint, isAnswer, type GitHostFacts } from "./git-hosts";

/** What is asked from this machine only hints at what the cluster sees. */
const FROM_HERE = "asked from this machine";

/** What is to be said of the Git servers that the catalogue names. */
export function judgeGitHosts(hosts: readonly GitHostFacts[]): readonly Finding[] {
  return hosts.flatMap(judgeGitHost);
}

function judgeGitHost(facts: GitHostFacts): readonly Finding[] {
  const dead = deadServers(facts);
  const name = nameFinding(facts);
  if (name !== undefined) return [...dead, name];
  // Of a forward whose servers are all silent, each has its own finding.
  if (facts.addresses.length === 0) return dead;
  const connection = connectionFinding(facts) ?? certificateFinding(facts);
  if (connection !== undefined) return [...dead, connection];
  const { addresses, port } = facts;
  const at = formatEndpoint({ host: addresses[0] ?? "", port });
  return [
    ...dead,
    {
      check: "git",
      severity: "ok",
      message: `${facts.host} is found ${how(facts)} and answers at ${at} (${FROM_HERE})`,
    },
  ];
}

function how({ source }: GitHostFacts): string {
  switch (source.kind) {
    case "address":
      return "without DNS, being an address,";
    case "alias":
      return "by argocd.hostAliases";
    case "forward":
      return `by the forward of ${source.zone}`;
    case "machine":
      return "by public DNS or this machine's";
  }
}

/** A server of a forward that does not answer: from here, or at all. */
function deadServers({ source, deadServers: dead }: GitHostFacts): readonly Finding[] {
  if (source.kind !== "forward") return [];
  return dead.map(({ server, code }) => ({
    check: "git",
    severity: "warning",
    message: `the DNS server ${server} of the forward of ${source.zone} gives no answer: ${reason(code)} (${FROM_HERE})`,
    fix: "see that it runs and that the cluster's nodes reach it, or correct gitops-factory:dns.forwards",
  }));
}

function nameFinding({ host, source, unresolved, files, deadServers: dead }: GitHostFacts): Finding | undefined {
  if (unresolved === undefined) return undefined;
  const used = `${files.slice(0, 2).join(", ")}${files.length > 2 ? ", …" : ""}`;
  if (source.kind === "forward") {
    if (dead.length === source.servers.length) return undefined;
    return {
      check: "git",
      severity: "error",
      message: `${host} (${used}) does not exist, say the DNS servers of the forward of ${source.zone}`,
      fix: `enter it in ${source.servers.join(", ")}, or correct the URL in the catalogue`,
    };
  }
  if (!isAnswer(unresolved)) {
    return {
      check: "git",
      severity: "warning",
      message: `${host} (${used}): ${reason(unresolved)} (${FROM_HERE})`,
      fix: "mend this machine's DNS, and run this again",
    };
  }
  return {
    check: "git",
    severity: "error",
    message: `${host} (${used}) does not resolve, and no forward and no host alias of the stack covers it (${FROM_HERE})`,
    fix: `add its zone to gitops-factory:dns.forwards, or the name to argocd.hostAliases, or correct the URL`,
  };
}

function connectionFinding({ host, port, addresses, unreachable }: GitHostFacts): Finding | undefined {
  if (unreachable === undefined) return undefined;
  const at = formatEndpoint({ host: addresses[0] ?? "", port });
  return {
    check: "git",
    severity: "warning",
    message: `${host} cannot be connected to at ${at}: ${reason(unreachable)} (${FROM_HERE})`,
    fix: "see that the server runs, and that the cluster's nodes reach it",
  };
}

const UNTRUSTED = new Set([
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_SIGNATURE_FAILURE",
]);

function certificateFinding({ host, handshake, hasCertificate }: GitHostFacts): Finding | undefined {
  const problem = handshake?.problem;
  if (problem === undefined) return undefined;
  if (problem === "CERT_HAS_EXPIRED") {
    const end = handshake?.validity?.to.toISOString().slice(0, 10);
    return error(`the certificate of ${host} has expired${end === undefined ? "" : ` on ${end}`}`, "renew it");
  }
  if (problem === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return error(`the certificate of ${host} is for other names`, `have one issued that names ${host}`);
  }
  if (UNTRUSTED.has(problem)) {
    return hasCertificate
      ? error(
          `the certificate of ${host} is not signed by the one in argocd.tlsCertificates`,
          `set gitops-factory:argocd.tlsCertificates["${host}"] to the authority's certificate of today`,
        )
      : error(
          `the certificate of ${host} is signed by an authority that Argo CD does not know`,
          `set gitops-factory:argocd.tlsCertificates["${host}"] to the authority's certificate (PEM)`,
        );
  }
  return {
    check: "git",
    severity: "warning",
    message: `${host}: the TLS handshake fails: ${reason(problem)} (${FROM_HERE})`,
    fix: `see what it says: openssl s_client -connect ${host}:443`,
  };
}

function error(message: string, fix: string): Finding {
  return { check: "git", severity: "error", message, fix };
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ETIMEDOUT: "no answer in time",
  ETIMEOUT: "no answer in time",
  EHOSTUNREACH: "there is no way to it",
  ENETUNREACH: "there is no way to it",
  ECONNRESET: "the connection was cut off",
  EAI_AGAIN: "this machine's DNS does not answer",
  ESERVFAIL: "the server failed (SERVFAIL)",
  EREFUSED: "the server refuses to answer (REFUSED)",
};

function reason(code: string): string {
  return REASONS[code] ?? code;
}
