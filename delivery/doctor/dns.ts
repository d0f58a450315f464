import { CorefileSyntaxError, parseCorefile } from "../../corefile";
import type { DnsTarget, Platform } from "../../model/platform";
import { dryRun } from "./dns-dry-run";
import {
  CACHE_COREFILES,
  CLUSTER_COREFILES,
  configMapAt,
  CUSTOM,
  isTemplate,
  KUBE_DNS,
  placeOf,
  providerOf,
  reverterOf,
  stubDomains,
  type ConfigMap,
  type DnsFacts,
} from "./dns-facts";
import type { Finding } from "./finding";

type Settings = NonNullable<Platform["dns"]>;

/** What the cluster's DNS is, what the stack makes of it, and what it should say instead. */
export function judgeDns(facts: DnsFacts, dns: Platform["dns"]): readonly Finding[] {
  const setup = setupFinding(facts);
  if (dns === undefined) return [setup, adviceFinding(facts)];
  const targeted = new Set(dns.targets.map(placeOf));
  return [
    setup,
    ...CACHE_COREFILES.filter((place) => !targeted.has(place)).flatMap((place) => judgeCache(place, facts, dns)),
    ...dns.targets.flatMap((target) => judgeTarget(target, facts, dns)),
  ];
}

/** What runs, in a line. */
function setupFinding(facts: DnsFacts): Finding {
  const { configMaps, addresses } = facts;
  const there = (places: readonly string[]): readonly string[] => places.filter((place) => configMapAt(facts, place));
  const hidden = [...configMaps].filter(([, found]) => found === "hidden").length;
  const parts = [
    ...there(CLUSTER_COREFILES).map((place) => `CoreDNS (${place})`),
    ...there(CACHE_COREFILES).map((place) => `a NodeLocal cache (${place})`),
    ...there([CUSTOM]).map((place) => `own server blocks (${place})`),
    ...(there(CLUSTER_COREFILES).length === 0 ? there([KUBE_DNS]) : []).map((place) => `kube-dns (${place})`),
  ];
  const provider = providerOf(facts);
  const where = provider === undefined ? "" : ` on ${provider}`;
  const at = addresses.length === 0 ? "" : `, asked at ${addresses.join(", ")}`;
  if (parts.length > 0) {
    return { check: "dns", severity: "ok", message: `the cluster's DNS${where} is ${parts.join(" with ")}${at}` };
  }
  return {
    check: "dns",
    severity: "note",
    message:
      hidden > 0
        ? "you may not read the ConfigMaps of the cluster's DNS: its set-up is not known"
        : `the cluster's DNS${where} has none of the ConfigMaps that are known here${at}`,
  };
}

/** What to write under `gitops-factory:dns.targets`; nothing where no ConfigMap of CoreDNS is there. */
export function targetsToWrite(facts: DnsFacts): string | undefined {
  const corefiles = CLUSTER_COREFILES.flatMap((place) => {
    const configMap = configMapAt(facts, place);
    return configMap === undefined ? [] : [{ place, configMap }];
  });
  const caches = CACHE_COREFILES.filter((place) => {
    const cache = configMapAt(facts, place);
    return cache !== undefined && !isTemplate(cache);
  });
  const first = corefiles.map(({ place, configMap }) => {
    const reverted = reverterOf(configMap, providerOf(facts)) !== undefined;
    const custom = reverted && importsCustomServers(configMap);
    return custom ? "{ kind: custom, name: coredns-custom }" : nameOf(place);
  });
  const targets = [...first, ...caches.map(nameOf)];
  return targets.length === 0 ? undefined : `[${targets.join(", ")}]`;
}

function nameOf(place: string): string {
  return place.split("/")[1] ?? place;
}

/** Whether CoreDNS reads `coredns-custom` for server blocks: AKS and k3s mount it as the folder `custom`. */
function importsCustomServers({ data }: ConfigMap): boolean {
  try {
    return parseCorefile(data?.["Corefile"] ?? "").unseenImports.some(
      ({ pattern, betweenBlocks }) => betweenBlocks && pattern.endsWith("custom/*.server"),
    );
  } catch (error) {
    if (error instanceof CorefileSyntaxError) return false;
    throw error;
  }
}

function adviceFinding(facts: DnsFacts): Finding {
  const targets = targetsToWrite(facts);
  const how = targets === undefined ? "use argocd.hostAliases" : `write gitops-factory:dns with targets: ${targets}`;
  return {
    check: "dns",
    severity: "note",
    message: `the stack leaves the cluster's DNS alone; for private Git servers, ${how}`,
  };
}

/** A cache on each node that is no target. */
function judgeCache(place: string, facts: DnsFacts, dns: Settings): readonly Finding[] {
  const cache = configMapAt(facts, place);
  if (cache === undefined) return [];
  if (isTemplate(cache)) return judgeTemplate(place, facts, dns);
  return [
    {
      check: "dns",
      severity: "error",
      message: `pods ask the NodeLocal cache (${place}) first, and it is no target: the forwards would not be found`,
      fix: `set gitops-factory:dns.targets to ${targetsToWrite(facts) ?? nameOf(place)}`,
    },
  ];
}

/** The cache of the Kubernetes addon fills its Corefile in by itself, and takes private zones from kube-dns's settings. */
function judgeTemplate(place: string, facts: DnsFacts, { forwards }: Settings): readonly Finding[] {
  const known = stubDomains(configMapAt(facts, KUBE_DNS));
  const missing = forwards.map(({ zone }) => zone).filter((zone) => !known.includes(zone));
  if (missing.length === 0) {
    return [{ check: "dns", severity: "ok", message: `${place} takes the forwards from stubDomains of ${KUBE_DNS}` }];
  }
  return [
    {
      check: "dns",
      severity: "error",
      message: `pods ask the NodeLocal cache (${place}) first, whose Corefile is filled in on each node (__PILLAR__) and cannot be a target`,
      fix: `add ${missing.join(", ")} to stubDomains in the ConfigMap ${KUBE_DNS}, which the cache reads, or use argocd.hostAliases`,
    },
  ];
}

function judgeTarget(target: DnsTarget, facts: DnsFacts, dns: Settings): readonly Finding[] {
  const place = placeOf(target);
  const found = facts.configMaps.get(place);
  // What may not be read is told among the rights.
  if (found === undefined || found === "hidden") return [];
  if (target.kind === "custom") return judgeCustom(place, facts);
  if (found === "absent") return [absentFinding(place, facts)];
  // The cache's own finding says what to do instead.
  if (isTemplate(found)) return [templateTarget(place, facts), ...judgeTemplate(place, facts, dns)];
  return judgeCorefile(target, found, facts, dns);
}

function templateTarget(place: string, facts: DnsFacts): Finding {
  return {
    check: "dns",
    severity: "error",
    message: `the target ${place} is a template (__PILLAR__), which the update will refuse`,
    fix: `set gitops-factory:dns.targets to ${targetsToWrite(facts) ?? "[coredns]"}`,
  };
}

function absentFinding(place: string, facts: DnsFacts): Finding {
  const isKubeDns = configMapAt(facts, KUBE_DNS) !== undefined || providerOf(facts) === "GKE";
  const targets = targetsToWrite(facts);
  const instead = isKubeDns
    ? "take gitops-factory:dns out: kube-dns takes stubDomains in its own ConfigMap; argocd.hostAliases works too"
    : "name the ConfigMap of the cluster's CoreDNS in gitops-factory:dns.targets";
  return {
    check: "dns",
    severity: "error",
    message: `the target ${place} is not there`,
    fix: targets === undefined ? instead : `set gitops-factory:dns.targets to ${targets}`,
  };
}

/** A ConfigMap that nothing imports changes nothing. It need not be there: the update makes it. */
function judgeCustom(place: string, facts: DnsFacts): readonly Finding[] {
  const corefiles = CLUSTER_COREFILES.flatMap((name) => configMapAt(facts, name) ?? []);
  if (corefiles.length === 0 || corefiles.some(importsCustomServers)) {
    return [{ check: "dns", severity: "ok", message: `${place} will hold the forwards, for CoreDNS to import` }];
  }
  return [
    {
      check: "dns",
      severity: "error",
      message: `no Corefile imports custom/*.server: the forwards in ${place} would not be read`,
      fix: `set gitops-factory:dns.targets to ${targetsToWrite(facts) ?? "[coredns]"}`,
    },
  ];
}

function judgeCorefile(target: DnsTarget, configMap: ConfigMap, facts: DnsFacts, dns: Settings): readonly Finding[] {
  const place = placeOf(target);
  const { [target.key]: text, ...files } = configMap.data ?? {};
  if (text === undefined) {
    return [
      {
        check: "dns",
        severity: "error",
        message: `${place} has no key ${target.key}; it has ${Object.keys(files).join(", ") || "none"}`,
        fix: "name the key that holds the Corefile in gitops-factory:dns.targets",
      },
    ];
  }
  return [...revertedFindings(target, configMap, facts), ...dryRun(target, text, files, facts, dns)];
}

function revertedFindings(target: DnsTarget, configMap: ConfigMap, facts: DnsFacts): readonly Finding[] {
  const reverter = reverterOf(configMap, providerOf(facts));
  if (reverter === undefined) return [];
  return [
    {
      check: "dns",
      severity: "warning",
      message: `${placeOf(target)}: ${reverter} will put back what it was, and the forwards go`,
      fix: importsCustomServers(configMap)
        ? `set gitops-factory:dns.targets to ${targetsToWrite(facts) ?? ""}`
        : "set the forwards where the cluster keeps its DNS settings, or have its ConfigMap left alone (EnsureExists); argocd.hostAliases works too",
    },
  ];
}
