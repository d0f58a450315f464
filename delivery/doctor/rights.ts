import type { Platform } from "../../model/platform";
import type { Answer, ClusterApi } from "../cluster/cluster-api";
import type { Finding } from "./finding";

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

export interface RightsFacts extends Purpose {
  /** The needs that were denied. */
  readonly denied: readonly Need[];
  /** The server would not say. */
  readonly unknown?: string;
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
function purposesOf(platform: Platform): readonly Purpose[] {
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

/** Asks the API server about each need: rules alone do not tell, where a cluster has other authorizers than RBAC. */
export async function gatherRights(platform: Platform, api: ClusterApi): Promise<readonly RightsFacts[]> {
  const facts: RightsFacts[] = [];
  for (const purpose of purposesOf(platform)) {
    const answers: Answer[] = [];
    // A few at a time: the server's flow control holds up whoever asks a hundred things at once.
    for (let start = 0; start < purpose.needs.length; start += AT_ONCE) {
      const some = purpose.needs.slice(start, start + AT_ONCE);
      answers.push(...(await Promise.all(some.map((need) => api.post(REVIEWS, review(need))))));
    }
    const silent = answers.find(({ status }) => status !== 201);
    facts.push({
      ...purpose,
      denied: purpose.needs.filter((_, index) => !isAllowed(answers[index])),
      ...(silent !== undefined && { unknown: String(silent.status) }),
    });
  }
  return facts;
}

const AT_ONCE = 30;

const REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

function review({ verb, group, resource, namespace, name }: Need): object {
  return {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: {
      resourceAttributes: {
        verb,
        group,
        resource,
        ...(namespace !== undefined && { namespace }),
        ...(name !== undefined && { name }),
      },
    },
  };
}

function isAllowed(answer: Answer | undefined): boolean {
  return (answer?.body as { status?: { allowed?: boolean } } | undefined)?.status?.allowed === true;
}

export function judgeRights(facts: readonly RightsFacts[]): readonly Finding[] {
  const unknown = facts.find((purpose) => purpose.unknown !== undefined)?.unknown;
  if (unknown !== undefined) {
    return [
      {
        check: "rights",
        severity: "note",
        message: `the API server does not tell what you may do (it answers ${unknown})`,
      },
    ];
  }
  const missed = facts.filter(({ denied, needs, enough }) =>
    enough === "any" ? denied.length === needs.length : denied.length > 0,
  );
  if (missed.length === 0) {
    return [{ check: "rights", severity: "ok", message: "you may do all that pulumi up and destroy do" }];
  }
  return missed.map(({ what, denied, enough, severity, fix }) => ({
    check: "rights",
    severity,
    message: `you may not ${what}${enough === "any" ? "" : `: ${denials(denied)}${placesOf(denied)}`}`,
    fix,
  }));
}

/** `create, patch clusterroles.rbac.authorization.k8s.io; get namespaces` */
function denials(denied: readonly Need[]): string {
  const byResource = new Map<string, Set<string>>();
  for (const { verb, group, resource } of denied) {
    const what = group === "" ? resource : `${resource}.${group}`;
    byResource.set(what, (byResource.get(what) ?? new Set()).add(verb));
  }
  const byVerbs = new Map<string, string[]>();
  for (const [what, verbs] of byResource) {
    const key = [...verbs].join(", ");
    byVerbs.set(key, [...(byVerbs.get(key) ?? []), what]);
  }
  return [...byVerbs].map(([verbs, what]) => `${verbs} ${what.join(", ")}`).join("; ");
}

/** Where, when that is several namespaces. */
function placesOf(denied: readonly Need[]): string {
  const places = [...new Set(denied.flatMap(({ namespace }) => namespace ?? []))];
  if (places.length < 2) return "";
  return ` in ${places.slice(0, 3).join(", ")}${places.length > 3 ? `, … (${String(places.length)} namespaces)` : ""}`;
}
