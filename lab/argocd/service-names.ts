import type { HostEntry } from "../pods/sandbox";
import type { Service, Workload } from "./objects";

/**
 * What a cluster's DNS and kube-proxy do for Services, as entries of a hosts file: each name of a Service leads to the
 * address of the process that plays the pods which it selects.
 * @param addresses of the processes, by the workload's name
 */
export function serviceEntries(
  services: readonly Service[],
  workloads: Iterable<Workload>,
  addresses: Readonly<Record<string, string>>,
): HostEntry[] {
  const candidates = [...workloads];
  return services.flatMap(({ metadata: { name, namespace }, spec }) => {
    const selected = candidates.find(({ spec: { template } }) => selects(spec.selector, template.metadata?.labels));
    const ip = selected && addresses[selected.metadata.name];
    if (ip === undefined) return [];
    const inNamespace = `${name}.${namespace}`;
    return [{ ip, hostnames: [name, inNamespace, `${inNamespace}.svc`, `${inNamespace}.svc.cluster.local`] }];
  });
}

function selects(
  selector: Readonly<Record<string, string>> = {},
  labels: Readonly<Record<string, string>> = {},
): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}
