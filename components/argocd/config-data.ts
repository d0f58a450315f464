import { stringify } from "yaml";
import type {
  ArgoCdSettings,
  OidcSettings,
  RbacSettings,
  ResourceFilter,
  ResourceSettings,
} from "../../model/argocd-settings";
import { OIDC_CLIENT_SECRET } from "./secret-keys";

type Data = Readonly<Record<string, string>>;

/** By ConfigMap, what its data becomes: from the data in the official manifests and the settings. */
export const CONFIG_DATA: Readonly<Record<string, (official: Data, settings: ArgoCdSettings) => Data>> = {
  "argocd-cm": (official, settings) => ({
    ...official,
    // A label would be cut at 63 characters and clash with Helm charts that set it themselves.
    "application.resourceTrackingMethod": "annotation",
    ...resourceFilters(official, settings.resources),
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
  "argocd-cmd-params-cm": (official, { parameters, applicationNamespaces }) => ({
    ...official,
    ...parameters,
    ...(applicationNamespaces.length > 0 && { "application.namespaces": applicationNamespaces.join(",") }),
  }),
  "argocd-ssh-known-hosts-cm": (official, { knownHosts }) => {
    if (knownHosts.length === 0) return official;
    const lines = (official["ssh_known_hosts"] ?? "").split("\n").filter((line) => line !== "");
    return { ...official, ssh_known_hosts: [...lines, ...knownHosts, ""].join("\n") };
  },
  "argocd-tls-certs-cm": (official, { tlsCertificates }) => ({ ...official, ...tlsCertificates }),
};

const EXCLUSIONS = "resource.exclusions";

/** The official list is YAML too, with comments that say why: what is added comes below it. */
function resourceFilters(official: Data, { officialExclusions, exclusions, inclusions }: ResourceSettings): Data {
  const kept = officialExclusions ? (official[EXCLUSIONS] ?? "") : "";
  return {
    ...((exclusions.length > 0 || !officialExclusions) && {
      [EXCLUSIONS]: `${kept === "" || kept.endsWith("\n") ? kept : `${kept}\n`}${listed(exclusions)}`,
    }),
    ...(inclusions.length > 0 && { "resource.inclusions": listed(inclusions) }),
  };
}

function listed(filters: readonly ResourceFilter[]): string {
  return filters.length === 0 ? "" : stringify(filters);
}

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
    ...(oidc.cliClientId !== undefined && { cliClientID: oidc.cliClientId }),
    ...(oidc.rootCa !== undefined && { rootCA: oidc.rootCa }),
  });
}
