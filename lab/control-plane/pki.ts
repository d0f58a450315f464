import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClientTls } from "../process";
import { Authority, signingKey } from "./certificate";
import { type ClusterNetwork, host } from "./network";

/** The files of a PKI folder. Each `cert` and `key` is PEM. */
export interface PkiFiles {
  /** The cluster's authority: certifies the API server, its clients, and what the signer of the cluster signs. */
  readonly ca: PairFiles;
  /** An authority of etcd's own: otherwise every client of the API server could read the store past its rules. */
  readonly etcdCa: PairFiles;
  /** etcd's, as a server and towards itself; also the API server's as etcd's client. */
  readonly etcd: PairFiles;
  readonly apiserver: PairFiles;
  readonly admin: PairFiles;
  readonly controllerManager: PairFiles;
  readonly scheduler: PairFiles;
  readonly kwok: PairFiles;
  /** Signs service accounts' tokens. */
  readonly serviceAccounts: { readonly public: string; readonly private: string };
}

interface PairFiles {
  readonly cert: string;
  readonly key: string;
}

export function pkiFiles(folder: string): PkiFiles {
  const pair = (name: string): PairFiles => ({ cert: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) });
  return {
    ca: pair("ca"),
    etcdCa: pair("etcd-ca"),
    etcd: pair("etcd"),
    apiserver: pair("apiserver"),
    admin: pair("admin"),
    controllerManager: pair("controller-manager"),
    scheduler: pair("scheduler"),
    kwok: pair("kwok"),
    serviceAccounts: { public: join(folder, "service-accounts.pub"), private: join(folder, "service-accounts.key") },
  };
}

/** The organisation whose members RBAC lets do everything. */
const administrators = "system:masters";

/** Makes all keys and certificates unless they are there. The folder appears complete or not at all. */
export async function ensurePki(folder: string, network: ClusterNetwork): Promise<void> {
  if (existsSync(folder)) return;
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const files = pkiFiles(draft);
  const write = (pair: { cert: string; key: string }, to: PairFiles): void => {
    writeFileSync(to.cert, pair.cert);
    writeFileSync(to.key, pair.key, { mode: 0o600 });
  };

  const etcdCa = new Authority("gitops-factory-lab-etcd");
  write(etcdCa.pair, files.etcdCa);
  write(etcdCa.issue({ commonName: "etcd", hosts: { names: ["localhost"], addresses: [host] } }), files.etcd);

  const ca = new Authority("gitops-factory-lab");
  write(ca.pair, files.ca);
  const names = [
    "localhost",
    ...["", ".default", ".default.svc", ".default.svc.cluster.local"].map((s) => `kubernetes${s}`),
  ];
  const hosts = { names, addresses: [host, network.apiServiceAddress] };
  write(ca.issue({ commonName: "kube-apiserver", hosts }), files.apiserver);
  write(ca.issue({ commonName: "kubernetes-admin", organisation: administrators }), files.admin);
  // RBAC's built-in roles know these two users.
  write(ca.issue({ commonName: "system:kube-controller-manager" }), files.controllerManager);
  write(ca.issue({ commonName: "system:kube-scheduler" }), files.scheduler);
  write(ca.issue({ commonName: "kwok", organisation: administrators }), files.kwok);

  const tokens = signingKey();
  writeFileSync(files.serviceAccounts.public, tokens.public);
  writeFileSync(files.serviceAccounts.private, tokens.private, { mode: 0o600 });
  renameSync(draft, folder);
}

/** What a client of the API server shows and trusts. */
export function clientTls(ca: PairFiles, client?: PairFiles): ClientTls {
  return {
    ca: readFileSync(ca.cert),
    ...(client === undefined ? {} : { cert: readFileSync(client.cert), key: readFileSync(client.key) }),
  };
}
