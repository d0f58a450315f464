import type { ResourceFilter, ResourceSettings } from "./argocd-settings";
import type { Path, Report } from "./report";
import { IN_CLUSTER } from "./resolve-project";
import type { ArgoCdInput } from "./schema/argocd";
import type { ResourcesInput } from "./schema/argocd-resources";
import { suggestionOr } from "./suggest";

/** The servers of the further clusters by name. */
export type ClusterServers = Readonly<Record<string, string>>;

/** The keys of `argocd-cm` that the lists are written to; an official one may be replaced as a whole by hand. */
const KEYS = { exclusions: "resource.exclusions", inclusions: "resource.inclusions" } as const;

/** Which objects Argo CD watches, with clusters by their servers, as Argo CD compares them. */
export function resolveResources(input: ArgoCdInput, clusters: ClusterServers, report: Report): ResourceSettings {
  const resources = input.resources ?? {};
  for (const list of ["exclusions", "inclusions"] as const) {
    if (resources[list] === undefined || input.settings?.[KEYS[list]] === undefined) continue;
    report.error(["argocd", "settings", KEYS[list]], {
      message: `argocd.resources.${list} writes this key too`,
      value: KEYS[list],
      fix: `remove it, and keep argocd.resources.${list}`,
    });
  }
  const filters = (list: "exclusions" | "inclusions") =>
    (resources[list] ?? []).map((filter, index) =>
      resolveFilter(filter, clusters, ["argocd", "resources", list, index], report),
    );
  return {
    officialExclusions: resources.officialExclusions ?? true,
    exclusions: filters("exclusions"),
    inclusions: filters("inclusions"),
  };
}

/**
 * Argo CD compares a cluster's server as it is declared when it applies, and the address that its client has when it
 * watches. They are the same but for its own cluster, whose client has the address of the Service `kubernetes`.
 */
const ownClusterProblem = {
  message:
    "Argo CD's own cluster cannot be named here: it has one address when Argo CD watches, another when it applies",
  value: IN_CLUSTER.cluster,
  allowed: "the names of further clusters",
  fix: "leave clusters out, which means all",
};

type FilterInput = NonNullable<ResourcesInput["exclusions"]>[number];

function resolveFilter(input: FilterInput, servers: ClusterServers, path: Path, report: Report): ResourceFilter {
  const { apiGroups, kinds, clusters } = input;
  return {
    ...(apiGroups !== undefined && { apiGroups }),
    ...(kinds !== undefined && { kinds }),
    ...(clusters !== undefined && {
      clusters: clusters.flatMap((name, index) => {
        if (name === IN_CLUSTER.cluster) {
          report.error([...path, "clusters", index], ownClusterProblem);
          return [];
        }
        const server = Object.hasOwn(servers, name) ? servers[name] : undefined;
        if (server !== undefined) return [server];
        const known = Object.keys(servers);
        report.error([...path, "clusters", index], {
          message: "the stack's config has no cluster of this name",
          value: name,
          allowed: known.length === 0 ? "none: no further cluster is set" : known.join(", "),
          fix: suggestionOr(name, known, "name one of them, or describe the cluster in gitops-factory:clusters"),
        });
        return [];
      }),
    }),
  };
}
