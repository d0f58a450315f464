import { join } from "node:path";
import { httpProbe, type ProcessSpec } from "../process";
import { etcdUrl } from "./etcd";
import { serverUrl } from "./kubeconfig";
import { type ControlPlane, host } from "./network";
import { clientTls, pkiFiles } from "./pki";

export function apiserver(plane: ControlPlane): ProcessSpec {
  const { folders, ports, network } = plane;
  const pki = pkiFiles(folders.pki);
  return {
    name: "kube-apiserver",
    command: plane.tool("kube-apiserver"),
    args: [
      `--bind-address=${host}`,
      `--secure-port=${String(ports.apiserver)}`,
      `--tls-cert-file=${pki.apiserver.cert}`,
      `--tls-private-key-file=${pki.apiserver.key}`,
      `--client-ca-file=${pki.ca.cert}`,
      "--authorization-mode=RBAC",
      `--etcd-servers=${etcdUrl(plane)}`,
      `--etcd-cafile=${pki.etcdCa.cert}`,
      `--etcd-certfile=${pki.etcd.cert}`,
      `--etcd-keyfile=${pki.etcd.key}`,
      "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
      `--service-account-key-file=${pki.serviceAccounts.public}`,
      `--service-account-signing-key-file=${pki.serviceAccounts.private}`,
      `--service-cluster-ip-range=${network.serviceRange}`,
      // A loopback address is not allowed as an endpoint of the Service `kubernetes`, and no pod would use it.
      "--endpoint-reconciler-type=none",
      "--allow-privileged",
      "--profiling=false",
    ],
    log: join(folders.logs, "kube-apiserver.log"),
    ports: [ports.apiserver],
    ready: (signal) => httpProbe(`${serverUrl(ports.apiserver)}/readyz`, clientTls(pki.ca, pki.admin))(signal),
  };
}
