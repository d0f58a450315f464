import type { Answer, ClusterApi } from "../cluster/cluster-api";
import type { Finding } from "./finding";
import type { Need, Purpose } from "./purposes";

export interface RightsFacts extends Purpose {
  /** The needs that were denied. */
  readonly denied: readonly Need[];
  /** The server would not say. */
  readonly unknown?: string;
}

/** Asks the API server about each need: rules alone do not tell, where a cluster has other authorizers than RBAC. */
export async function gatherRights(purposes: readonly Purpose[], api: ClusterApi): Promise<readonly RightsFacts[]> {
  const facts: RightsFacts[] = [];
  for (const purpose of purposes) {
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
