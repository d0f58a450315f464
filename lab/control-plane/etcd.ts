import { join } from "node:path";
import { httpProbe, type ProcessSpec } from "../process";
import { type ControlPlane, host } from "./network";
import { clientTls, pkiFiles } from "./pki";

/** The store of the cluster: one member, that trades safety against a power cut for speed. */
export function etcd(plane: ControlPlane): ProcessSpec {
  const { folders, ports } = plane;
  const { etcdCa, etcd: pair } = pkiFiles(folders.pki);
  const client = etcdUrl(plane);
  const peer = `https://${host}:${String(ports.etcdPeer)}`;
  return {
    name: "etcd",
    command: plane.tool("etcd"),
    args: [
      "--name=lab",
      `--data-dir=${folders.etcdData}`,
      // Data outlives every end of the process; only a crash of the whole machine can lose some.
      "--unsafe-no-fsync",
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=lab=${peer}`,
      // With one member there is nobody to wait for before it elects itself.
      "--heartbeat-interval=10",
      "--election-timeout=100",
      `--trusted-ca-file=${etcdCa.cert}`,
      `--cert-file=${pair.cert}`,
      `--key-file=${pair.key}`,
      "--client-cert-auth",
      `--peer-trusted-ca-file=${etcdCa.cert}`,
      `--peer-cert-file=${pair.cert}`,
      `--peer-key-file=${pair.key}`,
      "--peer-client-cert-auth",
      "--log-level=warn",
    ],
    log: join(folders.logs, "etcd.log"),
    ports: [ports.etcd, ports.etcdPeer],
    ready: (signal) => httpProbe(`${client}/readyz`, clientTls(etcdCa, pair))(signal),
  };
}

export function etcdUrl({ ports }: ControlPlane): string {
  return `https://${host}:${String(ports.etcd)}`;
}
