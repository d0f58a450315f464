import type { ApiClient } from "../control-plane";
import type { Service, Values, Workload } from "./objects";
import { cannotRun } from "./problems";

/** Argo CD as the program has declared it in the cluster. */
export interface Installation {
  readonly namespace: string;
  /** Its Deployments and StatefulSets by their names. */
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly services: readonly Service[];
  readonly configMaps: Values;
  /** Decoded. */
  readonly secrets: Values;
}

/** The label of all of Argo CD's objects in its official manifests, whichever namespace they are in. */
const selector = encodeURIComponent("app.kubernetes.io/part-of=argocd");

/**
 * Reads the installation, in whichever namespace it is.
 * @throws UserError where there is none, or more than one
 */
export async function readInstallation(api: ApiClient, stateDir: string, signal: AbortSignal): Promise<Installation> {
  const list = async <T>(path: string): Promise<readonly T[]> => {
    const { status, body } = await api.get(path, signal);
    if (status !== 200) throw new Error(`GET ${path} answers ${String(status)}`);
    return (body as { items: readonly T[] }).items;
  };
  const [deployments, statefulSets] = await Promise.all(
    ["deployments", "statefulsets"].map((kind) => list<Workload>(`/apis/apps/v1/${kind}?labelSelector=${selector}`)),
  );
  const workloads = [...(deployments ?? []), ...(statefulSets ?? [])];
  const namespace = onlyNamespace(workloads, stateDir);
  const [services, configMaps, secrets] = await Promise.all([
    list<Service>(`/api/v1/namespaces/${namespace}/services`),
    list<WithData>(`/api/v1/namespaces/${namespace}/configmaps`),
    list<WithData>(`/api/v1/namespaces/${namespace}/secrets`),
  ]);
  return {
    namespace,
    workloads: new Map(workloads.map((workload) => [workload.metadata.name, workload])),
    services,
    configMaps: valuesOf(configMaps),
    secrets: valuesOf(secrets, (value) => Buffer.from(value, "base64").toString()),
  };
}

interface WithData {
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
}

function valuesOf(objects: readonly WithData[], decode = (value: string): string => value): Values {
  return new Map(
    objects.map(({ metadata, data = {} }) => [
      metadata.name,
      Object.fromEntries(Object.entries(data).map(([key, value]) => [key, decode(value)])),
    ]),
  );
}

function onlyNamespace(workloads: readonly Workload[], stateDir: string): string {
  const [namespace, ...others] = new Set(workloads.map(({ metadata }) => metadata.namespace));
  if (namespace === undefined)
    throw cannotRun(stateDir, "Argo CD is not in the lab's cluster, so nothing says how to run it");
  if (others.length === 0) return namespace;
  const all = [namespace, ...others].join(", ");
  throw cannotRun(stateDir, `Argo CD is in several namespaces of the lab's cluster: ${all}`, "leave one of them");
}
