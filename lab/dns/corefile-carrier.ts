import { carry } from "../pods/carrier";
import type { CarrierConfig } from "../pods/carrier-config";
import { type DnsPod, podCorefile, podCustomFiles } from "./pod-corefile";

/** What the carrier of the Corefiles finds in its config beside what each carrier does. */
export interface CorefileCarrierConfig {
  /** The CoreDNS that reads a mounted folder. */
  readonly pods: Readonly<Record<string, DnsPod>>;
}

const config = JSON.parse(process.argv[2] ?? "") as CarrierConfig & CorefileCarrierConfig;

carry(config, (files, { folder }) => {
  const pod = config.pods[folder];
  if (pod === undefined) throw new Error(`no CoreDNS reads ${folder}`);
  return "Corefile" in files ? podCorefile(files, pod) : podCustomFiles(files, pod);
});
