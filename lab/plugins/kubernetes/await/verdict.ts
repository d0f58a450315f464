import type { KubeObject } from "../object/object";

/** What one look at an object says. */
export type Verdict =
  | { readonly state: "ready" }
  /** Ready, unless something changes within that time. */
  | { readonly state: "settling"; readonly milliseconds: number; readonly progress: string }
  /** Not ready: what is being waited for, and what would be reported if the time were up now. */
  | { readonly state: "waiting"; readonly progress: string; readonly problems: readonly string[] }
  /** It will never be ready. */
  | { readonly state: "failed"; readonly problems: readonly string[] };

/** A collection in the object's own namespace. */
export interface Collection {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The objects of a collection as last seen. */
export type Related = (kind: string) => readonly KubeObject[];

/** When an object of a kind counts as ready. A pure function of what is in the cluster. */
export interface ReadinessRule {
  /** What else must be looked at, such as the Pods of a Deployment. */
  readonly related: readonly Collection[];
  /** Judges the object as last seen. `before` is the object as it was before an update; absent after a creation. */
  judge(object: KubeObject, related: Related, before: KubeObject | undefined): Verdict;
}

export const ready: Verdict = { state: "ready" };

export function waiting(progress: string, problems: readonly string[] = [progress]): Verdict {
  return { state: "waiting", progress, problems };
}

/** The object as an error names it: `Deployment shop/web`. */
export function titleOf(object: KubeObject): string {
  const { name = "", namespace } = (object["metadata"] ?? {}) as { name?: string; namespace?: string };
  return `${String(object["kind"])} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
