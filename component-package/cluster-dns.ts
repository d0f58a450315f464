import { ClusterDns } from "../components/dns/cluster-dns";
import { resolveDns } from "../model/resolve-platform";
import { dns } from "../model/schema/dns";
import { checked, refuseErrors } from "./checked";
import { PackagedComponent, warn } from "./packaged-component";
import type { Construct } from "./provider";

/** `ClusterDns`: what the key `dns` of a stack's config says. */
export const packagedClusterDns: Construct = async (name, inputs, opts) => {
  const { values, report } = inputs;
  const input = checked(dns, values, report);
  refuseErrors(report);
  // Forwards are required, so that there always are settings.
  const settings = resolveDns({ forwards: [], ...input });
  if (settings === undefined) throw new Error("a component without settings");

  const packaged = new PackagedComponent("ClusterDns", name, inputs, opts);
  await warn(packaged, inputs, opts);
  const { zones } = new ClusterDns(name, settings, packaged.within);
  return packaged.done({ zones });
};
