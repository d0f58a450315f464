import { plural } from "../../model/plural";
import type { ApiObject } from "../cluster/cluster-api";
import type { Finding } from "./finding";
import { isOurs } from "./ours";

/** An Application in Argo CD's namespace. */
export interface FoundApplication extends ApiObject {
  readonly spec?: { readonly project?: string };
}

/** More names than these are not told. */
const NAMED = 3;

/** What becomes of Applications that are neither the catalogue's nor made by the program. */
export function judgeStrays(
  applications: readonly FoundApplication[],
  known: ReadonlySet<string>,
  namespace: string,
): readonly Finding[] {
  const strays = applications.filter(({ metadata }) => !known.has(metadata.name) && !isOurs(metadata));
  const closed = strays.filter(({ spec }) => (spec?.project ?? "default") === "default");
  const run = strays.filter((one) => !closed.includes(one));
  return [
    ...finding(run, {
      message: `${nounOf(run)} in ${namespace} will be run by this Argo CD, though the catalogue does not know of ${run.length === 1 ? "it" : "them"}`,
      fix: "npx factory adopt --from-cluster brings them into the catalogue; or remove them without their workloads: kubectl delete application NAME --cascade=orphan, after taking out their finalizers",
    }),
    ...finding(closed, {
      message: `${nounOf(closed)} of the AppProject "default", which the program keeps closed, cannot be synchronised`,
      fix: "npx factory adopt --from-cluster brings them into the catalogue, each into its project's own AppProject; what they run goes on meanwhile",
    }),
  ];
}

function finding(
  found: readonly FoundApplication[],
  { message, fix }: { readonly message: string; readonly fix: string },
): Finding[] {
  if (found.length === 0) return [];
  const names = found.slice(0, NAMED).map(({ metadata }) => metadata.name);
  const rest = found.length > names.length ? ", …" : "";
  return [
    {
      check: "argocd",
      severity: "warning",
      message: `${message}: ${names.join(", ")}${rest}`,
      fix,
    },
  ];
}

function nounOf(found: readonly FoundApplication[]): string {
  return plural(found.length, "Application");
}
