import { z } from "zod";
import type { Finding } from "../report";
import { objectName } from "./names";
import { clusterZone, dnsServer, ipAddress, privateZone } from "./network";
import { count, distinct, judge, strict } from "./strict";

const forward = strict({
  zone: privateZone,
  to: distinct(dnsServer).min(1).describe("The DNS servers that know the zone: dnsmasq, Consul."),
  cacheSeconds: count(0, 3600).optional().describe("Seconds that answers are cached. Default: 30."),
});

function twice(forwards: readonly { zone: string }[]): Finding | undefined {
  const zones = forwards.map((entry) => entry.zone);
  const duplicate = zones.find((name, index) => zones.indexOf(name) !== index);
  return duplicate === undefined
    ? undefined
    : {
        message: `the zone ${duplicate} has two forwards, which CoreDNS refuses`,
        value: duplicate,
        fix: "make one forward of them, with the addresses of both",
      };
}

const configMap = {
  namespace: objectName.optional().describe("Default: kube-system."),
  name: objectName.describe("The ConfigMap's name."),
};

const target = z.union([
  objectName,
  z.discriminatedUnion("kind", [
    strict({
      kind: z.literal("corefile").describe("A ConfigMap that holds a Corefile."),
      ...configMap,
      key: z.string().min(1).optional().describe("Default: Corefile."),
    }),
    strict({
      kind: z.literal("custom").describe("A ConfigMap that CoreDNS imports, as AKS and k3s have it."),
      ...configMap,
      key: z.string().min(1).optional().describe("Default: gitops-factory.server."),
    }),
  ]),
]);

type Target = z.output<typeof target>;

function sameConfigMap(targets: readonly Target[]): Finding | undefined {
  const places = targets.map((entry) =>
    typeof entry === "string" ? `kube-system/${entry}` : `${entry.namespace ?? "kube-system"}/${entry.name}`,
  );
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  return twice === undefined
    ? undefined
    : { message: `the ConfigMap ${twice} is a target twice`, value: twice, fix: "remove one of the two" };
}

/** `gitops-factory:dns` */
export const dns = strict({
  forwards: z.array(forward).check(judge(twice)).optional().describe("Private zones and the servers that know them."),
  targets: z
    .array(target)
    .min(1)
    .check(judge(sameConfigMap))
    .optional()
    .describe("The ConfigMaps to patch. A name alone is a Corefile in kube-system. Default: coredns."),
  clusterDnsAddresses: distinct(ipAddress)
    .optional()
    .describe("Where the cluster's DNS is asked (the service kube-dns): no forward may lead there."),
  clusterDomain: clusterZone.optional().describe("What the names of Services end with. Default: cluster.local."),
  plugins: distinct(z.string().min(1)).optional().describe("CoreDNS plugins beside those of the default build."),
});
export type DnsInput = z.output<typeof dns>;
