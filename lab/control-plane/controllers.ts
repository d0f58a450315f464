import { join } from "node:path";
import { httpProbe, type ProcessSpec } from "../process";
import { componentKubeconfig } from "./kubeconfig";
import { type ControlPlane, host } from "./network";
import { clientTls, pkiFiles } from "./pki";

/** Makes pods of Deployments, Jobs and the like, deletes what a Namespace held, signs, collects garbage. */
export function controllerManager(plane: ControlPlane): ProcessSpec {
  const { folders, ports } = plane;
  const pki = pkiFiles(folders.pki);
  const kubeconfig = componentKubeconfig(folders.kubeconfigs, "controllerManager");
  return {
    name: "kube-controller-manager",
    command: plane.tool("kube-controller-manager"),
    args: [
      ...served(plane, ports.controllerManager, kubeconfig),
      "--use-service-account-credentials",
      `--service-account-private-key-file=${pki.serviceAccounts.private}`,
      `--root-ca-file=${pki.ca.cert}`,
      `--cluster-signing-cert-file=${pki.ca.cert}`,
      `--cluster-signing-key-file=${pki.ca.key}`,
      // The limits of a real cluster protect its API server from many controllers. Here they would only cost time.
      "--kube-api-qps=1000",
      "--kube-api-burst=1000",
    ],
    log: join(folders.logs, "kube-controller-manager.log"),
    ports: [ports.controllerManager],
    ready: healthy(plane, ports.controllerManager),
  };
}

/** Gives pods their node. */
export function scheduler(plane: ControlPlane): ProcessSpec {
  const { folders, ports } = plane;
  return {
    name: "kube-scheduler",
    command: plane.tool("kube-scheduler"),
    args: [
      ...served(plane, ports.scheduler, componentKubeconfig(folders.kubeconfigs, "scheduler")),
      "--kube-api-qps=1000",
      "--kube-api-burst=1000",
    ],
    log: join(folders.logs, "kube-scheduler.log"),
    ports: [ports.scheduler],
    ready: healthy(plane, ports.scheduler),
  };
}

/** What the two have in common. */
function served({ folders }: ControlPlane, port: number, kubeconfig: string): string[] {
  const pki = pkiFiles(folders.pki);
  return [
    `--bind-address=${host}`,
    `--secure-port=${String(port)}`,
    // The API server's certificate is one for this address, and saves the making of a self-signed one.
    `--tls-cert-file=${pki.apiserver.cert}`,
    `--tls-private-key-file=${pki.apiserver.key}`,
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    // There is one of each, so nobody to agree with on a leader.
    "--leader-elect=false",
    "--profiling=false",
  ];
}

/** `/healthz` is open to all: these servers ask the API server who somebody is, and that for other paths only. */
function healthy({ folders }: ControlPlane, port: number): ProcessSpec["ready"] {
  const { ca } = pkiFiles(folders.pki);
  return (signal) => httpProbe(`https://${host}:${String(port)}/healthz`, clientTls(ca))(signal);
}
