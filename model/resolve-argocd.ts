import type { ArgoCdSettings, ManifestSource, OidcSettings } from "./argocd-settings";
import { DEFAULT_ARGOCD_VERSION, officialChecksum, officialLocation } from "./argocd-releases";
import type { Quantities, ResourceRequirements } from "./quantities";
import type { Report } from "./report";
import { resolveValue } from "./resolve-secrets";
import type { Secrets } from "./resolve-secrets";
import type { ArgoCdInput } from "./schema/argocd";

/** The Argo CD installation, with every default filled in. */
export function resolveArgoCd(input: ArgoCdInput, secrets: Secrets, report: Report): ArgoCdSettings {
  const oidc = input.oidc === undefined ? undefined : resolveOidc(input.oidc, secrets, report);
  return {
    namespace: input.namespace ?? "argocd",
    manifests: resolveManifests(input.manifests ?? {}, report),
    ...(input.url !== undefined && { url: input.url }),
    ...(input.imageRegistry !== undefined && { imageRegistry: input.imageRegistry }),
    hostAliases: input.hostAliases ?? [],
    workloads: Object.fromEntries(
      Object.entries(input.workloads ?? {}).map(([name, { replicas, resources }]) => [
        name,
        {
          ...(replicas !== undefined && { replicas }),
          ...(resources !== undefined && { resources: requirements(resources) }),
        },
      ]),
    ),
    admin: { enabled: input.admin?.enabled ?? input.oidc === undefined },
    rbac: {
      defaultRole: input.rbac?.defaultRole ?? "",
      adminGroups: input.rbac?.adminGroups ?? [],
      policies: input.rbac?.policies ?? [],
      scopes: input.rbac?.scopes ?? ["groups"],
    },
    ...(oidc !== undefined && { oidc }),
    settings: input.settings ?? {},
    parameters: input.parameters ?? {},
    knownHosts: input.knownHosts ?? [],
    tlsCertificates: input.tlsCertificates ?? {},
  };
}

function resolveManifests(input: NonNullable<ArgoCdInput["manifests"]>, report: Report): ManifestSource {
  const version = input.version ?? DEFAULT_ARGOCD_VERSION;
  const variant = input.variant ?? "install";
  const sha256 = input.sha256 ?? officialChecksum(version, variant);
  const location = input.location ?? officialLocation(version, variant);
  if (sha256 === undefined) {
    report.error(["argocd", "manifests", "sha256"], {
      message: `the checksum of Argo CD ${version} (${variant}) is not known`,
      allowed: "the SHA-256 of its manifests",
      fix: `set it to the output of: curl -fsSL ${location} | sha256sum`,
    });
  }
  return { version, variant, location, sha256: sha256 ?? "" };
}

function resolveOidc(
  input: NonNullable<ArgoCdInput["oidc"]>,
  secrets: Secrets,
  report: Report,
): OidcSettings | undefined {
  const clientSecret = resolveValue(input.clientSecret, secrets, ["argocd", "oidc", "clientSecret"], report);
  if (clientSecret === undefined) return undefined;
  return {
    name: input.name ?? "SSO",
    issuer: input.issuer,
    clientId: input.clientId,
    clientSecret,
    requestedScopes: input.requestedScopes ?? ["openid", "profile", "email", "groups"],
    ...(input.rootCa !== undefined && { rootCa: input.rootCa }),
  };
}

/** A container's requests and limits without the keys that say nothing. */
function requirements(input: {
  requests?: Readonly<Record<string, string | undefined>> | undefined;
  limits?: Readonly<Record<string, string | undefined>> | undefined;
}): ResourceRequirements {
  const { requests, limits } = input;
  return {
    ...(requests !== undefined && { requests: said(requests) }),
    ...(limits !== undefined && { limits: said(limits) }),
  };
}

function said(values: Readonly<Record<string, string | undefined>>): Quantities {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
