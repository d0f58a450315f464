import { stringify } from "yaml";
import type { ArgoCdSettings, OidcSettings, RbacSettings } from "../../model/argocd-settings";
import { OIDC_CLIENT_SECRET } from "./secret-keys";

type Data = Readonly<Record<string, string>>;

/** By ConfigMap, what its data becomes: from the data in the official manifests and the settings. */
export const CONFIG_DATA: Readonly<Record<string, (official: Data, settings: ArgoCdSettings) => Data>> = {
  "argocd-cm": (official, settings) => ({
    ...official,
    // A label would be cut at 63 characters and clash with Helm charts that set it themselves.
    "application.resourceTrackingMethod": "annotation",
    ...settings.settings,
    ...(settings.url !== undefined && { url: settings.url }),
    "admin.enabled": String(settings.admin.enabled),
    ...(settings.oidc !== undefined && { "oidc.config": oidcConfig(settings.oidc) }),
  }),
  "argocd-rbac-cm": (official, { rbac }) => ({
    ...official,
    "policy.default": rbac.defaultRole,
    "policy.csv": policyCsv(rbac),
    scopes: JSON.stringify(rbac.scopes),
  }),
  "argocd-cmd-params-cm": (official, { parameters }) => ({ ...official, ...parameters }),
  "argocd-ssh-known-hosts-cm": (official, { knownHosts }) => {
    if (knownHosts.length === 0) return official;
    const lines = (official["ssh_known_hosts"] ?? "").split("\n").filter((line) => line !== "");
    return { ...official, ssh_known_hosts: [...lines, ...knownHosts, ""].join("\n") };
  },
  "argocd-tls-certs-cm": (official, { tlsCertificates }) => ({ ...official, ...tlsCertificates }),
};

/** Argo CD's `policy.csv`: https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/ */
function policyCsv({ adminGroups, policies }: RbacSettings): string {
  return [...adminGroups.map((group) => `g, ${group}, role:admin`), ...policies].map((line) => `${line}\n`).join("");
}

/** The value of `oidc.config`. The client secret stays in `argocd-secret`: Argo CD resolves `$key`. */
function oidcConfig(oidc: OidcSettings): string {
  return stringify({
    name: oidc.name,
    issuer: oidc.issuer,
    clientID: oidc.clientId,
    clientSecret: `$${OIDC_CLIENT_SECRET}`,
    requestedScopes: oidc.requestedScopes,
    ...(oidc.rootCa !== undefined && { rootCA: oidc.rootCa }),
  });
}
