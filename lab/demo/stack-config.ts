import { parseDocument } from "yaml";

/** What only one lab knows, and the config of its stack therefore cannot hold beforehand. */
export interface LabFacts {
  /** Where people reach Argo CD. */
  readonly argocdUrl: string;
  readonly oidc: {
    readonly issuer: string;
    readonly clientId: string;
    /** It opens nothing but this lab's Argo CD. */
    readonly clientSecret: string;
    /** What `argocd login --sso` is known by. */
    readonly cliClientId: string;
    readonly adminGroup: string;
  };
  /** The authority, PEM, of the identity provider and of the Git servers. */
  readonly privateCa: string;
  /** The Git servers whose certificate is by that authority. */
  readonly gitHosts: readonly string[];
  /** Zones of theirs that dnsmasq answers for, beside those that the config forwards already. */
  readonly zones: readonly string[];
  /** dnsmasq's address, as configuration names it. */
  readonly dnsServer: string;
}

/** The name of the secret that holds the client secret. */
const SECRET = "argocd-oidc";

/** The config of a stack with what the lab knows added: all else, comments included, stays. */
export function demoConfig(text: string, facts: LabFacts): string {
  const document = parseDocument(text);
  const set = (path: readonly (string | number)[], value: unknown): void => {
    document.setIn(["config", ...path], document.createNode(value));
  };
  set(["gitops-factory:argocd", "url"], facts.argocdUrl);
  set(["gitops-factory:argocd", "oidc"], {
    name: "the lab's identity provider",
    issuer: facts.oidc.issuer,
    clientId: facts.oidc.clientId,
    clientSecret: SECRET,
    cliClientId: facts.oidc.cliClientId,
    rootCa: facts.privateCa,
  });
  set(["gitops-factory:argocd", "rbac", "adminGroups"], [facts.oidc.adminGroup]);
  // Beside the log-in by OIDC, so that one can look in without a browser too.
  set(["gitops-factory:argocd", "admin", "enabled"], true);
  set(
    ["gitops-factory:argocd", "tlsCertificates"],
    Object.fromEntries(facts.gitHosts.map((host) => [host, facts.privateCa])),
  );
  set(["gitops-factory:secrets", SECRET], { value: facts.oidc.clientSecret });
  const forwards = ["config", "gitops-factory:dns", "forwards"];
  for (const zone of facts.zones) document.addIn(forwards, document.createNode({ zone, to: [facts.dnsServer] }));
  return document.toString({ lineWidth: 0 });
}
