import { join } from "node:path";
import { pkiFiles, serverUrl } from "../control-plane";
import type { Layout } from "../layout";
import { httpProbe, type ProcessSpec } from "../process";
import { nodeProgram } from "../process/node-program";
import type { LabSettings } from "../settings";
import { type CarrierConfig, healthPort, type MountedConfigMap } from "./carrier-config";

export interface CarrierOptions<Further extends object = object> {
  /** Of the process: `coredns-config`. */
  readonly name: string;
  /** An address of the lab's block on which nothing else answers port 10248: that of the pod. */
  readonly address: string;
  readonly mounts: readonly MountedConfigMap[];
  /** A program that calls `carry` with a rewrite of its own. @default one that copies */
  readonly program?: string;
  /** What that program finds in its config beside `CarrierConfig`. @default nothing */
  readonly further?: Further;
}

/**
 * The process that keeps folders equal to ConfigMaps of the cluster, as a kubelet does for its pods. It is ready when
 * all of them are written, and follows each change from then on. Start it in the stage before those that read them.
 */
export function configCarrier<Further extends object>(
  { layout, settings }: { readonly layout: Layout; readonly settings: LabSettings },
  options: CarrierOptions<Further>,
): ProcessSpec {
  const { name, address, mounts, program = join(__dirname, "copying-carrier.ts"), further } = options;
  const { ca, admin } = pkiFiles(layout.pki);
  const api = { server: serverUrl(settings.ports.apiserver), ca: ca.cert, ...admin };
  const config: CarrierConfig = { ...further, api, mounts, address };
  return {
    name,
    ...nodeProgram(program, [JSON.stringify(config)]),
    log: join(layout.logs, `${name}.log`),
    host: address,
    ports: [healthPort],
    ready: httpProbe(`http://${address}:${String(healthPort)}/healthz`),
    stopGrace: 2_000,
  };
}
