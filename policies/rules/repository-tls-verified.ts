import { isOn } from "../config-map";
import { resourceRule } from "../rule";
import { isRepositorySecret, SECRETS, secretTypeOf, secretValues } from "../secret-values";
import type { SecretValue } from "../secret-values";

/** The keys by which Argo CD leaves a check out: `Repository` in its pkg/apis/application/v1alpha1/repository_types.go. */
const UNCHECKED = ["insecure", "insecureIgnoreHostKey", "insecureOCIForceHttp"];

export const repositoryTlsVerified = resourceRule({
  name: "repository-tls-verified",
  level: "mandatory",
  description: "Argo CD checks who the servers of repositories and clusters are.",
  reason: "Without the check, whoever answers in a server's place gets its credentials, and decides what is deployed.",
  source:
    "https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories-using-self-signed-tls-certificates-or-are-signed-by-custom-ca",
  types: SECRETS,
  check: (subject) => {
    const values = secretValues(subject);
    const unchecked =
      secretTypeOf(subject) === "cluster"
        ? values.filter(({ key, text }) => key === "config" && isInsecure(text))
        : isRepositorySecret(subject)
          ? values.filter(({ key, text }) => UNCHECKED.includes(key) && isOn(text))
          : [];
    return unchecked.map(({ path, key }: SecretValue) => ({
      path,
      fact: "Argo CD does not check who answers",
      value: key === "config" ? "tlsClientConfig.insecure: true" : `${key}: true`,
      fix: "take it out, and give Argo CD the server's authority by argocd.tlsCertificates, or its key by argocd.knownHosts",
    }));
  },
});

/** Whether a cluster's config leaves TLS unchecked. Go reads its keys in any case; what is no JSON, Argo CD refuses. */
function isInsecure(config: string): boolean {
  try {
    return /"insecure":true/i.test(JSON.stringify(JSON.parse(config)));
  } catch {
    return false;
  }
}
