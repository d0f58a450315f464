import type { StackConfig } from "../../model/schema/stack";
import { HOME } from "../cluster/cluster-access";
import { fieldsAt, isOf, textAt } from "./found-object";
import type { FoundObject } from "./found-object";

export type StackClusters = NonNullable<StackConfig["clusters"]>;

/** A further cluster as Argo CD knows it, without what opens it. */
export interface ClusterSecret {
  readonly secret: FoundObject;
  /** What Applications may call it. */
  readonly name: string;
  readonly server: string;
}

const LABEL = "argocd.argoproj.io/secret-type";

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters */
export function clusterSecretsAmong(objects: readonly FoundObject[]): readonly ClusterSecret[] {
  return objects
    .filter((object) => isOf(object, "Secret") && object.metadata.labels?.[LABEL] === "cluster")
    .map((secret) => ({
      secret,
      name: textAt(secret.data, "name") ?? "",
      server: bare(textAt(secret.data, "server") ?? ""),
    }));
}

/** The cluster of an Application: its name in the stack's config, or what the config does not know. */
export type DestinationCluster =
  { readonly cluster: string } | { readonly unknown: string; readonly server: string | undefined };

/** Argo CD takes a destination's server, or looks its name up in the cluster Secrets. */
export function destinationCluster(
  { spec }: FoundObject,
  clusters: StackClusters,
  secrets: readonly ClusterSecret[],
): DestinationCluster {
  const destination = fieldsAt(spec, "destination");
  const name = textAt(destination, "name");
  const said = textAt(destination, "server");
  const server = said === undefined ? secrets.find((one) => one.name === name)?.server : bare(said);
  if (name === HOME || server === HOME_SERVER || (name === undefined && server === undefined)) return { cluster: HOME };
  const all = Object.entries(clusters);
  const known =
    all.find(([, cluster]) => cluster.server === server) ??
    (server === undefined ? all.find(([key]) => key === name) : undefined);
  return known === undefined ? { unknown: name ?? server ?? "", server } : { cluster: known[0] };
}

const HOME_SERVER = "https://kubernetes.default.svc";

function bare(url: string): string {
  return url.replace(/\/+$/, "");
}

/** The clusters of the stack's config that Applications run on, Argo CD's own left out, in the config's order. */
export function furtherClusters(objects: readonly FoundObject[], clusters: StackClusters): readonly string[] {
  const secrets = clusterSecretsAmong(objects);
  const used = new Set(
    objects
      .filter((object) => isOf(object, "Application", "argoproj.io"))
      .map((application) => destinationCluster(application, clusters, secrets))
      .map((found) => ("cluster" in found ? found.cluster : HOME)),
  );
  return Object.keys(clusters).filter((name) => used.has(name));
}
