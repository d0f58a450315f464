import { existsSync } from "node:fs";
import { join } from "node:path";
import { createUnlessThere } from "../control-plane";
import { installedBy } from "../fixtures/installers";
import { addressOf, type LabHost } from "../network/lab-network";
import type { Part, PartContext } from "../parts/part";
import type { MountedConfigMap } from "../pods/carrier-config";
import { configCarrier } from "../pods/config-carrier";
import { writeServiceAccount } from "../pods/service-account";
import type { ProcessSpec } from "../process";
import { corednsAccount, corednsRights } from "./coredns-account";
import { corednsProcess } from "./coredns-process";
import type { CorefileCarrierConfig } from "./corefile-carrier";
import { dnsmasqServer } from "./dnsmasq";
import type { DnsPod } from "./pod-corefile";

const namespace = "kube-system";

/** One running CoreDNS, named by the ConfigMap that it is configured by. */
interface Instance {
  readonly name: string;
  readonly what: string;
  readonly host: LabHost;
}

const clusterDns: Instance = { name: "coredns", what: "the cluster's DNS", host: "clusterDns" };
const nodeLocalDns: Instance = { name: "nodelocaldns", what: "NodeLocal DNS", host: "nodeLocalDns" };
const instances = [clusterDns, nodeLocalDns] as const;

/**
 * The cluster's DNS on its live Corefile, NodeLocal DNS where the cluster has it, and the resolver of a company, which
 * they ask for all that is not theirs and which knows no private name.
 */
export const dns: Part = {
  name: "dns",
  tools: ["coredns"],
  programs: ["dnsmasq"],

  async prepare(context) {
    const running = await instancesOf(context);
    const account = await serviceAccount(context);
    // A cache asks the cluster's DNS, which comes before it.
    const servers = running.map((instance) => [
      corednsProcess(context, {
        ...instance,
        folder: folders(context, instance).corefile,
        ...(instance === clusterDns && { account }),
      }),
    ]);
    return [
      [dnsmasqServer(context, { name: "upstream-dns", host: "upstreamDns" }), carrier(context, running)],
      ...servers,
    ];
  },

  describe(context) {
    return instances
      .filter((instance) => existsSync(folders(context, instance).corefile))
      .map(({ what, host }) => ({ what, address: `${addressOf(context.network, host)}:53` }));
  },
};

/** Those that the cluster has. */
async function instancesOf({ api, signal }: PartContext): Promise<readonly Instance[]> {
  const { status } = await api.get(`/api/v1/namespaces/${namespace}/configmaps/${nodeLocalDns.name}`, signal);
  return status === 200 ? instances : [clusterDns];
}

async function serviceAccount({ api, settings, layout, clusterCa, signal }: PartContext): Promise<string> {
  const { manager } = installedBy(settings.installer);
  for (const object of corednsRights) await createUnlessThere(api, object, manager, signal);
  return writeServiceAccount(api, corednsAccount, clusterCa, join(layout.parts, "dns", "account"), signal);
}

/** Where an instance reads its Corefile and what that imports, as in the folder /etc/coredns of its pod. */
function folders({ layout }: Pick<PartContext, "layout">, { name }: Instance) {
  const corefile = join(layout.parts, "dns", name);
  return { corefile, custom: join(corefile, "custom") };
}

function carrier(context: PartContext, running: readonly Instance[]): ProcessSpec {
  const mounts = running.flatMap((instance): MountedConfigMap[] => {
    const { corefile, custom } = folders(context, instance);
    return [
      { namespace, configMap: instance.name, folder: corefile },
      // What managed clusters let their users add to the Corefile.
      ...(instance === clusterDns ? [{ namespace, configMap: "coredns-custom", folder: custom, optional: true }] : []),
    ];
  });
  const pods = running.flatMap((instance) => {
    const pod: DnsPod = { address: addressOf(context.network, instance.host), network: context.network };
    const { corefile, custom } = folders(context, instance);
    return [corefile, custom].map((folder) => [folder, pod] as const);
  });
  return configCarrier<CorefileCarrierConfig>(context, {
    name: "coredns-config",
    address: addressOf(context.network, "clusterDns"),
    mounts,
    program: join(__dirname, "corefile-carrier.ts"),
    further: { pods: Object.fromEntries(pods) },
  });
}
