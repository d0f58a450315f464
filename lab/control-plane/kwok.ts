import { join } from "node:path";
import { httpProbe, type ProcessSpec } from "../process";
import { componentKubeconfig } from "./kubeconfig";
import { type ControlPlane, host } from "./network";
import { kwokConfigFile, kwokFolder } from "./played-logs";

/** Plays nodes and pods: heartbeats, phases and addresses as a kubelet reports them, without running anything. */
export function kwok(plane: ControlPlane): ProcessSpec {
  const { folders, ports, network } = plane;
  const address = `${host}:${String(ports.kwok)}`;
  return {
    name: "kwok",
    command: plane.tool("kwok"),
    args: [
      `--kubeconfig=${componentKubeconfig(folders.kubeconfigs, "kwok")}`,
      "--manage-all-nodes",
      `--server-address=${address}`,
      // Where the API server asks the node for its pods' logs.
      `--node-port=${String(ports.kwok)}`,
      `--config=${kwokConfigFile(plane)}`,
      `--cidr=${network.podRange}`,
      `--node-ip=${host}`,
      // Heartbeats by leases, as kubelets send them.
      "--node-lease-duration-seconds=40",
    ],
    // Its configuration would be looked for in the user's home otherwise.
    env: { KWOK_WORKDIR: kwokFolder(plane), HOME: folders.stateDir },
    log: join(folders.logs, "kwok.log"),
    ports: [ports.kwok],
    ready: httpProbe(`http://${address}/healthz`),
  };
}
