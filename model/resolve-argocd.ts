import type { ArgoCdSettings, ManifestSource, MetricsSettings, OidcSettings } from "./argocd-settings";
import { DEFAULT_ARGOCD_VERSION, officialChecksum, officialLocation } from "./argocd-releases";
import type { Quantities, ResourceRequirements } from "./quantities";
import type { Report } from "./report";
import { resolveNotifications } from "./resolve-notifications";
import { resolveRbac } from "./resolve-rbac";
import { resolveResources } from "./resolve-resources";
import type { ClusterServers } from "./resolve-resources";
import { resolveValue } from "./resolve-secrets";
import type { Secrets } from "./resolve-secrets";
import { resolveTuning } from "./resolve-tuning";
import type { Tuned } from "./resolve-tuning";
import type { ArgoCdInput } from "./schema/argocd";

/** The Argo CD installation, with every default filled in. */
export function resolveArgoCd(
  input: ArgoCdInput,
  secrets: Secrets,
  clusters: ClusterServers,
  report: Report,
): ArgoCdSettings {
  const tuned = resolveTuning(input, report);
  const oidc = input.oidc === undefined ? undefined : resolveOidc(input.oidc, secrets, report);
  if (input.oidc !== undefined && input.url === undefined) {
    report.error(["argocd", "oidc"], {
      message: "the identity provider could not send people back: argocd.url is not set",
      fix: "set argocd.url to the address at which people open Argo CD",
    });
  }
  const execTimeout = input.tuning?.repoServer?.execTimeout;
  return {
    namespace: input.namespace ?? "argocd",
    manifests: resolveManifests(input.manifests ?? {}, report),
    ...(input.url !== undefined && { url: input.url }),
    ...(input.imageRegistry !== undefined && { imageRegistry: input.imageRegistry }),
    hostAliases: input.hostAliases ?? [],
    workloads: resolveWorkloads(input, tuned),
    admin: { enabled: input.admin?.enabled ?? input.oidc === undefined },
    rbac: resolveRbac(input.rbac, report),
    ...(oidc !== undefined && { oidc }),
    settings: { ...input.settings, ...tuned.settings },
    parameters: { ...input.parameters, ...tuned.parameters },
    resources: resolveResources(input, clusters, report),
    ...(execTimeout !== undefined && { execTimeout }),
    metrics: resolveMetrics(input.metrics),
    ...(input.notifications && { notifications: resolveNotifications(input.notifications, secrets, report) }),
    applicationNamespaces: input.applicationNamespaces ?? [],
    knownHosts: input.knownHosts ?? [],
    tlsCertificates: input.tlsCertificates ?? {},
  };
}

function resolveWorkloads(input: ArgoCdInput, { workloads: tuned }: Tuned): ArgoCdSettings["workloads"] {
  const said = Object.entries(input.workloads ?? {}).map(([name, { replicas, resources }]) => [
    name,
    {
      ...(replicas !== undefined && { replicas }),
      ...(resources !== undefined && { resources: requirements(resources) }),
      ...tuned[name],
    },
  ]);
  return { ...tuned, ...(Object.fromEntries(said) as ArgoCdSettings["workloads"]) };
}

function resolveMetrics(input: ArgoCdInput["metrics"]): MetricsSettings {
  if (input === undefined) return { kind: "none" };
  return input.by === "annotations" ? { kind: "annotations" } : { kind: "serviceMonitors", labels: input.labels ?? {} };
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
    ...(input.cliClientId !== undefined && { cliClientId: input.cliClientId }),
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
