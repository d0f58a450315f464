import type { Platform } from "../../model/platform";
import { isThere, look, type ApiObject, type ClusterApi, type Looked, type Metadata } from "../cluster/cluster-api";
import type { Finding } from "./finding";
import { isOurs, makerOf } from "./ours";
import { judgeStrays, type FoundApplication } from "./stray-applications";

/** The part of Argo CD that each of its installations has. */
const SERVER = "argocd-server";
const CRDS = ["applications", "applicationsets", "appprojects"].map((name) => `${name}.argoproj.io`);

interface Workload extends ApiObject {
  readonly spec?: { readonly template?: { readonly spec?: { readonly containers?: readonly { image?: string }[] } } };
}

/** An Argo CD that is in the cluster, known by its server. */
export interface Installation {
  readonly metadata: Metadata;
  readonly images: readonly string[];
}

export interface ArgoCdFacts {
  /** `hidden` when Deployments may not be listed, even in Argo CD's own namespace. */
  readonly installations: Looked<readonly Installation[]>;
  /** Only the namespace of Argo CD could be looked into. */
  readonly onlyOwnNamespace: boolean;
  readonly crds: readonly Metadata[];
  /** The Applications that are in Argo CD's namespace. */
  readonly applications: readonly FoundApplication[];
}

export async function gatherArgoCd({ argocd }: Platform, api: ClusterApi): Promise<ArgoCdFacts> {
  const selector = "labelSelector=app.kubernetes.io%2Fpart-of%3Dargocd";
  const everywhere = await look<{ items: readonly Workload[] }>(api, `/apis/apps/v1/deployments?${selector}`);
  const onlyOwnNamespace = !isThere(everywhere);
  const found = isThere(everywhere)
    ? everywhere
    : await look<{ items: readonly Workload[] }>(
        api,
        `/apis/apps/v1/namespaces/${argocd.namespace}/deployments?${selector}`,
      );
  const crds = await Promise.all(
    CRDS.map((name) => look<ApiObject>(api, `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`)),
  );
  const applications = await look<{ items: readonly FoundApplication[] }>(
    api,
    `/apis/argoproj.io/v1alpha1/namespaces/${argocd.namespace}/applications?limit=500`,
  );
  return {
    installations: isThere(found) ? found.items.filter(isServer).map(installationOf) : found,
    onlyOwnNamespace,
    crds: crds.filter(isThere).map(({ metadata }) => metadata),
    applications: isThere(applications) ? applications.items : [],
  };
}

/** Helm's chart puts its release's name before it, and labels the part by its name. */
function isServer({ metadata }: Workload): boolean {
  const part = metadata.labels?.["app.kubernetes.io/component"] ?? metadata.labels?.["app.kubernetes.io/name"];
  return part === "server" || metadata.name === SERVER;
}

function installationOf({ metadata, spec }: Workload): Installation {
  return { metadata, images: spec?.template?.spec?.containers?.flatMap(({ image }) => image ?? []) ?? [] };
}

/** The image's tag says it; with a digest alone, the label that Helm's chart sets. */
export function versionOf({ metadata, images }: Installation): string | undefined {
  const tag = images.flatMap((image) => /:(v\d+\.\d+\.\d+[^@]*)/.exec(image)?.[1] ?? [])[0];
  return tag ?? metadata.labels?.["app.kubernetes.io/version"];
}

export function judgeArgoCd(facts: ArgoCdFacts, { argocd, projects }: Platform): readonly Finding[] {
  const { installations, onlyOwnNamespace, crds, applications } = facts;
  if (installations === "hidden") {
    return [
      {
        check: "argocd",
        severity: "note",
        message: "you may not list Deployments: an Argo CD already there is not seen",
      },
    ];
  }
  const found = Array.isArray(installations) ? (installations as readonly Installation[]) : [];
  const findings = found.map((one) => judgeInstallation(one, argocd));
  if (found.length === 0) findings.push(judgeNone(crds, onlyOwnNamespace ? argocd.namespace : undefined));
  const ours = new Set(projects.flatMap(({ repositories }) => repositories.map((one) => one.applicationName)));
  return [...findings, ...judgeStrays(applications, ours, argocd.namespace)];
}

function judgeInstallation(one: Installation, { namespace, manifests }: Platform["argocd"]): Finding {
  const { metadata } = one;
  const version = versionOf(one);
  const what = `Argo CD${version === undefined ? "" : ` ${version}`} in ${metadata.namespace ?? ""}`;
  if (isOurs(metadata)) return judgeOurs(what, version, manifests.version);
  const maker = makerOf(metadata);
  if (metadata.namespace !== namespace) {
    return {
      check: "argocd",
      severity: "error",
      message: `${what}, made by ${maker}, has the same CRDs and ClusterRoles: two of them fight over these`,
      fix: "remove it, or set gitops-factory:argocd.namespace to its namespace and take it over",
    };
  }
  return {
    check: "argocd",
    severity: "error",
    message: `${what} was made by ${maker}, whose fields the update will not overwrite: it ends in a conflict`,
    fix: `remove it but keep its CRDs, or give its fields to us: kubectl apply --server-side --force-conflicts --field-manager gitops-factory-platform -n ${namespace} -f ${manifests.location}`,
  };
}

function judgeOurs(what: string, version: string | undefined, wanted: string): Finding {
  if (version === undefined || version === wanted) {
    return { check: "argocd", severity: "ok", message: `${what} is ours already` };
  }
  if (compareVersions(wanted, version) < 0) {
    return {
      check: "argocd",
      severity: "warning",
      message: `${what} is ours, and the config would take it back to ${wanted}, which Argo CD does not promise to work`,
      fix: `set gitops-factory:argocd.manifests.version to ${version}`,
    };
  }
  return { check: "argocd", severity: "note", message: `${what} is ours, and will become ${wanted}` };
}

function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}

function judgeNone(crds: readonly Metadata[], lookedInto: string | undefined): Finding {
  const where = lookedInto === undefined ? "" : ` in ${lookedInto} (you may not look elsewhere)`;
  const foreign = crds.filter((metadata) => !isOurs(metadata));
  if (foreign.length === 0) {
    return { check: "argocd", severity: "ok", message: `no Argo CD is there yet${where}: it will be installed` };
  }
  const makers = [...new Set(foreign.map(makerOf))].join(", ");
  return {
    check: "argocd",
    severity: "warning",
    message: `no Argo CD is there${where}, but ${foreign.map(({ name }) => name).join(", ")} made by ${makers}: perhaps of another version`,
    fix: "see that no other Argo CD needs them; kubectl delete crd removes them, with all Applications",
  };
}
