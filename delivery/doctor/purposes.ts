import type { Platform, TargetCluster } from "../../model/platform";

/** One thing that the program does, as the API server's authorizers are asked about it. */
export interface Need {
  readonly verb: string;
  /** The API group; the core group is the empty string. */
  readonly group: string;
  readonly resource: string;
  /** Absent for what belongs to the cluster. */
  readonly namespace?: string;
  /** One object by name. */
  readonly name?: string;
}

/** What a group of needs is for: they are missed together. */
export interface Purpose {
  /** What cannot be done, to follow "you may not": `install Argo CD into argocd`. */
  readonly what: string;
  readonly needs: readonly Need[];
  /** `any`: one of the needs is enough. @default "all" */
  readonly enough?: "all" | "any";
  readonly severity: "error" | "warning";
  readonly fix: string;
}

const WRITE = ["get", "create", "patch"];

const IN_ARGOCD: readonly (readonly [group: string, resource: string])[] = [
  ["", "configmaps"],
  ["", "secrets"],
  ["", "services"],
  ["", "serviceaccounts"],
  ["apps", "deployments"],
  ["apps", "statefulsets"],
  ["networking.k8s.io", "networkpolicies"],
  ["rbac.authorization.k8s.io", "roles"],
  ["rbac.authorization.k8s.io", "rolebindings"],
  ["argoproj.io", "applications"],
  ["argoproj.io", "appprojects"],
];

const CLUSTER_WIDE: readonly (readonly [group: string, resource: string])[] = [
  ["apiextensions.k8s.io", "customresourcedefinitions"],
  ["rbac.authorization.k8s.io", "clusterroles"],
  ["rbac.authorization.k8s.io", "clusterrolebindings"],
  ["", "namespaces"],
];

const IN_PROJECT: readonly (readonly [group: string, resource: string])[] = [
  ["", "resourcequotas"],
  ["", "limitranges"],
  ["networking.k8s.io", "networkpolicies"],
];

const RBAC = "rbac.authorization.k8s.io";
const ADMIN =
  "have yourself bound to the ClusterRole cluster-admin for the update, or ask a cluster administrator to run it";

/** All that `pulumi up` and `pulumi destroy` of this platform do to its own cluster. */
export function homePurposes(platform: Platform): readonly Purpose[] {
  const argocd = platform.argocd.namespace;
  const own = platform.projects.filter(({ destination }) => destination.cluster === "in-cluster");
  const projects = own.map(({ namespace }) => namespace);
  return [
    { what: "make what belongs to the cluster", needs: times(WRITE, CLUSTER_WIDE), severity: "error", fix: ADMIN },
    giving("escalate", "write the ClusterRole of Argo CD's controller, which may do everything"),
    giving("bind", "bind the ClusterRole of Argo CD's controller, which may do everything"),
    {
      what: `install Argo CD into ${argocd}`,
      needs: times(WRITE, IN_ARGOCD, argocd),
      severity: "error",
      fix: `ask for the ClusterRole admin in the namespace ${argocd}, and for applications and appprojects of argoproj.io`,
    },
    ...(platform.argocd.metrics.kind === "serviceMonitors" ? [monitoring(argocd)] : []),
    ...(platform.dns?.targets ?? []).map(({ kind, namespace, name }) => ({
      what: `change the cluster's DNS (${namespace}/${name})`,
      needs: (kind === "custom" ? WRITE : ["get", "patch"]).map((verb) => ({
        verb,
        group: "",
        resource: "configmaps",
        namespace,
        // Whoever creates does so before there is a name.
        ...(verb !== "create" && { name }),
      })),
      severity: "error" as const,
      fix: `ask for get and patch of the ConfigMap ${name} in ${namespace}, or take it out of gitops-factory:dns.targets`,
    })),
    {
      what: "guard the projects' namespaces",
      needs: projects.flatMap((namespace) => times(WRITE, IN_PROJECT, namespace)),
      severity: "error",
      fix: "ask for resourcequotas, limitranges and networkpolicies in all namespaces",
    },
    {
      what: "take it all down again (pulumi destroy)",
      needs: [...times(["delete"], CLUSTER_WIDE), ...times(["delete"], IN_ARGOCD, argocd)],
      severity: "warning",
      fix: ADMIN,
    },
  ];
}

/** All that they do to a further cluster, on which these namespaces of projects are. */
export function furtherPurposes(
  { managerNamespace }: TargetCluster,
  namespaces: readonly string[],
): readonly Purpose[] {
  return [
    {
      what: "make the projects' namespaces",
      needs: times(WRITE, [["", "namespaces"]]),
      severity: "error",
      fix: FAR_ADMIN,
    },
    {
      what: `make Argo CD's account in ${managerNamespace}`,
      needs: times(WRITE, ACCOUNT, managerNamespace),
      severity: "error",
      fix: `ask for serviceaccounts and secrets in ${managerNamespace}, or set managerNamespace to one where you have them`,
    },
    {
      what: "guard the projects' namespaces, and let Argo CD into them",
      needs: namespaces.flatMap((namespace) => times(WRITE, [...IN_PROJECT, ...ACCESS], namespace)),
      severity: "error",
      fix: "ask for resourcequotas, limitranges, networkpolicies, roles and rolebindings in all namespaces",
    },
    givingArgoCd("escalate", "write"),
    givingArgoCd("bind", "bind"),
    {
      what: "take it all down again (pulumi destroy)",
      needs: [...times(["delete"], [["", "namespaces"]]), ...times(["delete"], ACCOUNT, managerNamespace)],
      severity: "warning",
      fix: FAR_ADMIN,
    },
  ];
}

const ACCOUNT: readonly (readonly [group: string, resource: string])[] = [
  ["", "serviceaccounts"],
  ["", "secrets"],
];

const ACCESS: readonly (readonly [group: string, resource: string])[] = [
  [RBAC, "roles"],
  [RBAC, "rolebindings"],
];

const FAR_ADMIN = "have the user of its kubeconfig bound to the ClusterRole cluster-admin there";

function givingArgoCd(verb: "escalate" | "bind", what: string): Purpose {
  return {
    what: `${what} Argo CD's Role, which may do everything in a namespace: that takes all rights yourself, or the verb ${verb} on roles`,
    needs: [
      { verb: "*", group: "*", resource: "*" },
      { verb, group: RBAC, resource: "roles" },
    ],
    enough: "any",
    severity: "error",
    fix: FAR_ADMIN,
  };
}

/** The API server lets nobody give rights that they lack themselves, unless by the verb made for it. */
function giving(verb: "escalate" | "bind", what: string): Purpose {
  return {
    what: `${what}: that takes all rights yourself, or the verb ${verb} on clusterroles`,
    needs: [
      { verb: "*", group: "*", resource: "*" },
      { verb, group: RBAC, resource: "clusterroles" },
    ],
    enough: "any",
    severity: "error",
    fix: ADMIN,
  };
}

function monitoring(namespace: string): Purpose {
  return {
    what: "have Argo CD's metrics read by the Prometheus operator",
    needs: times(WRITE, [["monitoring.coreos.com", "servicemonitors"]], namespace),
    severity: "error",
    fix: `ask for servicemonitors of monitoring.coreos.com in ${namespace}, or take out gitops-factory:argocd.metrics`,
  };
}

function times(
  verbs: readonly string[],
  resources: readonly (readonly [group: string, resource: string])[],
  namespace?: string,
): Need[] {
  return resources.flatMap(([group, resource]) =>
    verbs.map((verb) => ({ verb, group, resource, ...(namespace !== undefined && { namespace }) })),
  );
}
