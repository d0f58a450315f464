/** Where the API has the kinds of objects that are adopted: the path of their group and version, and its word for them. */
const PLACES: Readonly<Record<string, readonly [api: string, plural: string]>> = {
  Namespace: ["/api/v1", "namespaces"],
  ResourceQuota: ["/api/v1", "resourcequotas"],
  LimitRange: ["/api/v1", "limitranges"],
  Secret: ["/api/v1", "secrets"],
  NetworkPolicy: ["/apis/networking.k8s.io/v1", "networkpolicies"],
  AppProject: ["/apis/argoproj.io/v1alpha1", "appprojects"],
  Application: ["/apis/argoproj.io/v1alpha1", "applications"],
};

export interface ObjectName {
  readonly kind: string;
  readonly name: string;
  /** Absent for what is the cluster's. */
  readonly namespace?: string;
}

/** The path of an object in the API. */
export function objectPath({ kind, name, namespace }: ObjectName): string {
  const place = PLACES[kind];
  if (place === undefined) throw new Error(`no ${kind} is ever adopted`);
  const [api, plural] = place;
  return namespace === undefined ? `${api}/${plural}/${name}` : `${api}/namespaces/${namespace}/${plural}/${name}`;
}
