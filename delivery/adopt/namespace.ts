import { quantityValue } from "../../model/quantities";
import { DEFAULT_CONTAINER, DEFAULT_QUOTA, QUOTA_KEYS } from "../../model/resolve-project";
import type { StackConfig } from "../../model/schema/stack";
import { HOME } from "../cluster/cluster-access";
import { fieldsAt, isFields, isOf, listAt, textAt } from "./found-object";
import type { Fields, FoundObject } from "./found-object";
import type { Notes } from "./note";

/** What is known of a namespace; without the namespace itself, nothing is. */
export interface FoundNamespace {
  readonly namespace: FoundObject | undefined;
  readonly quotas: readonly FoundObject[];
  readonly limitRanges: readonly FoundObject[];
  readonly networkPolicies: readonly FoundObject[];
}

/** A project's settings in one environment, in the catalogue's words. */
export type AdoptedSettings = Readonly<Record<string, unknown>>;

/** What the catalogue calls the resources that a ResourceQuota counts; the bare names mean requests. */
const QUOTA_NAMES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(QUOTA_KEYS).flatMap(([name, keys]) => keys.map((key) => [key, name]))),
  cpu: "cpu",
  memory: "memory",
};

/** What the factory calls its own guards: components/project/namespace.ts. */
export const GUARD_NAMES = { quota: "dso-quota", limits: "dso-limits", closing: "default-deny" } as const;

/** What is known of a namespace of a cluster. */
export function findNamespace(objects: readonly FoundObject[], name: string, cluster: string): FoundNamespace {
  const there = objects.filter((object) => (object.cluster ?? HOME) === cluster);
  const within = (kind: string): FoundObject[] =>
    there.filter((object) => object.kind === kind && object.metadata.namespace === name);
  return {
    namespace: there.find((object) => isOf(object, "Namespace") && object.metadata.name === name),
    quotas: within("ResourceQuota"),
    limitRanges: within("LimitRange"),
    networkPolicies: within("NetworkPolicy"),
  };
}

/** What of it the program will declare under the name that it has. */
export function keptOf({ namespace, quotas, limitRanges }: FoundNamespace): readonly FoundObject[] {
  const guards = [...quotas, ...limitRanges].filter(
    ({ metadata: { name } }) => name === GUARD_NAMES.quota || name === GUARD_NAMES.limits,
  );
  return [...(namespace === undefined ? [] : [namespace]), ...guards];
}

/** The settings by which the factory leaves a namespace as it was found. */
export function adoptNamespace(found: FoundNamespace, stack: StackConfig["projects"], notes: Notes): AdoptedSettings {
  const { namespace } = found;
  if (namespace === undefined) {
    const effect = "the first update makes it, or gives it the defaults: quota, limits, Pod Security, closed network";
    notes.changed("", undefined, "it was not among what was read", `${effect}. With --from-cluster it is looked at`);
    return {};
  }
  return {
    ...adoptQuota(found.quotas, stack?.quota ?? {}, notes),
    ...adoptLimits(found.limitRanges, stack?.containerDefaults ?? {}, notes),
    ...adoptPodSecurity(namespace, stack?.podSecurity ?? "restricted"),
    ...adoptNetwork(found.networkPolicies, notes),
  };
}

/** What the factory wrote about a project that it has made. */
export function annotated(namespace: FoundObject | undefined): AdoptedSettings {
  const annotations = namespace?.metadata.annotations ?? {};
  const owners = annotations["gitops-factory/owners"]?.split(", ");
  return owners === undefined ? {} : { owners };
}

function adoptQuota(quotas: readonly FoundObject[], stack: Fields, notes: Notes): AdoptedSettings {
  const defaults: Fields = { ...DEFAULT_QUOTA, ...stack };
  if (quotas.length === 0) {
    const effect = `the first update makes one (${pairs(defaults)}); what runs goes on, what would go beyond it is refused: raise quota if need be`;
    notes.changed("ResourceQuota", undefined, "the namespace has none", effect);
    return {};
  }
  const quota: Record<string, string> = {};
  for (const { metadata, spec } of quotas) {
    for (const [resource, value] of Object.entries(fieldsAt(spec, "hard"))) {
      const name = QUOTA_NAMES[resource];
      const text = String(value);
      if (name === undefined) {
        const effect = "the quota of that name goes on counting it beside the factory's";
        notes.changed(`ResourceQuota ${metadata.name}: ${resource}`, text, "the catalogue does not count it", effect);
        continue;
      }
      const other = quota[name];
      if (other !== undefined && sizeOf(other) !== sizeOf(text)) {
        notes.changed(
          `ResourceQuota ${metadata.name}: ${resource}`,
          text,
          "requests and limits are bounded alike",
          "the greater of the two holds for both",
        );
      }
      if (other === undefined || sizeOf(text) > sizeOf(other)) quota[name] = text;
    }
    if (metadata.name !== GUARD_NAMES.quota) {
      notes.advice(
        `ResourceQuota ${metadata.name}`,
        undefined,
        `the factory's is called ${GUARD_NAMES.quota}, and says the same`,
        "delete the old one after the first update",
      );
    }
  }
  const changed = Object.entries(quota).filter(
    ([name, value]) => defaults[name] === undefined || sizeOf(String(defaults[name])) !== sizeOf(value),
  );
  for (const name of Object.keys(defaults).filter((one) => quota[one] === undefined)) {
    notes.changed(
      `ResourceQuota: ${name}`,
      undefined,
      "nothing bounds it so far",
      `the first update sets ${String(defaults[name])}`,
    );
  }
  return changed.length > 0 ? { quota: Object.fromEntries(changed) } : {};
}

function adoptLimits(limitRanges: readonly FoundObject[], stack: Fields, notes: Notes): AdoptedSettings {
  const container = limitRanges
    .flatMap(({ spec }) => listAt(spec, "limits").filter(isFields))
    .find((limit) => limit["type"] === "Container");
  for (const { metadata, spec } of limitRanges) {
    for (const limit of listAt(spec, "limits").filter(isFields)) {
      const further = Object.keys(limit).filter((key) => !["type", "default", "defaultRequest"].includes(key));
      if (limit["type"] === "Container" && further.length === 0) continue;
      const effect = "the LimitRange of that name stays, and goes on saying it";
      notes.changed(`LimitRange ${metadata.name}`, limit, "the catalogue has defaults of containers alone", effect);
    }
    if (metadata.name !== GUARD_NAMES.limits) {
      notes.advice(
        `LimitRange ${metadata.name}`,
        undefined,
        `the factory's is called ${GUARD_NAMES.limits}`,
        "delete the old one after the first update, where it says no more",
      );
    }
  }
  const defaults = {
    requests: { ...DEFAULT_CONTAINER.requests, ...fieldsAt(stack, "requests") },
    limits: { ...DEFAULT_CONTAINER.limits, ...fieldsAt(stack, "limits") },
  };
  if (container === undefined) {
    const effect = `pods made after the first update get, where they name none, requests ${pairs(defaults.requests)} and limits ${pairs(defaults.limits)}: set containerDefaults if that is too little`;
    notes.changed("LimitRange", undefined, "the namespace has none", effect);
    return {};
  }
  const said = {
    requests: others(fieldsAt(container, "defaultRequest"), defaults.requests),
    limits: others(fieldsAt(container, "default"), defaults.limits),
  };
  const kept = Object.fromEntries(Object.entries(said).filter(([, values]) => Object.keys(values).length > 0));
  return Object.keys(kept).length > 0 ? { containerDefaults: kept } : {};
}

const KNOWN_RESOURCES = ["cpu", "memory", "ephemeral-storage"];

function others(values: Fields, defaults: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values)
      .map(([key, value]) => [key, String(value)] as const)
      .filter(([key, value]) => KNOWN_RESOURCES.includes(key) && sizeOf(value) !== sizeOf(String(defaults[key] ?? ""))),
  );
}

/** Without the label, Kubernetes keeps no pod out. */
function adoptPodSecurity({ metadata }: FoundObject, usual: string): AdoptedSettings {
  const enforced = metadata.labels?.["pod-security.kubernetes.io/enforce"] ?? "privileged";
  return enforced === usual ? {} : { podSecurity: enforced };
}

/** Closing a namespace would cut off what runs there, so that one without our own policies stays open. */
function adoptNetwork(policies: readonly FoundObject[], notes: Notes): AdoptedSettings {
  if (!policies.some(({ metadata }) => metadata.name === GUARD_NAMES.closing && isOurs(metadata.labels))) {
    const names = policies.map(({ metadata }) => metadata.name).join(", ");
    const reason =
      names === "" ? "no NetworkPolicy confines the namespace" : `its NetworkPolicies are not the factory's: ${names}`;
    notes.advice(
      "NetworkPolicy",
      undefined,
      reason,
      "it is left as it is (network.open); say what must stay open, then take open out",
    );
    return { network: { open: true } };
  }
  const ofName = (name: string): Fields | undefined => policies.find(({ metadata }) => metadata.name === name)?.spec;
  const namespaces = rulesOf(ofName("allow-ingress"), "ingress", "from").flatMap(
    (peer) => textAt(fieldsAt(fieldsAt(peer, "namespaceSelector"), "matchLabels"), "kubernetes.io/metadata.name") ?? [],
  );
  const cidrs = rulesOf(ofName("allow-egress"), "egress", "to").flatMap(
    (peer) => textAt(fieldsAt(peer, "ipBlock"), "cidr") ?? [],
  );
  const network = {
    ...(namespaces.length > 0 && { ingressFromNamespaces: namespaces }),
    ...(cidrs.length > 0 && { egressToCidrs: cidrs }),
  };
  return Object.keys(network).length > 0 ? { network } : {};
}

export function isOurs(labels: Readonly<Record<string, string>> | undefined): boolean {
  return labels?.["app.kubernetes.io/managed-by"] === "gitops-factory";
}

function rulesOf(spec: Fields | undefined, direction: string, peers: string): readonly Fields[] {
  return listAt(spec, direction)
    .filter(isFields)
    .flatMap((rule) => listAt(rule, peers).filter(isFields));
}

function sizeOf(quantity: string): number {
  return quantityValue(quantity) ?? Number.NaN;
}

function pairs(values: Fields): string {
  return Object.entries(values)
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(", ");
}
