import { join, resolve } from "node:path";

/** Where a lab keeps what: everything lies in its state folder, nothing elsewhere. */
export interface Layout {
  /** The state folder, absolute. */
  readonly stateDir: string;
  /** Settings that stay as long as the lab exists. */
  readonly settings: string;
  /** The administrator's kubeconfig. */
  readonly kubeconfig: string;
  /** Keys and certificates. */
  readonly pki: string;
  /** The kubeconfigs of the control plane's own processes. */
  readonly kubeconfigs: string;
  readonly etcdData: string;
  readonly logs: string;
  /** A folder for each part of the second storey. */
  readonly parts: string;
  /** One record for each process that runs. */
  readonly records: string;
  /** `PULUMI_HOME`: plugins and credentials of the engine. */
  readonly pulumiHome: string;
  /** The file backend with the stacks' states. */
  readonly stacks: string;
}

export function layoutOf(stateDir: string): Layout {
  const root = resolve(stateDir);
  return {
    stateDir: root,
    settings: join(root, "lab.json"),
    kubeconfig: join(root, "kubeconfig"),
    pki: join(root, "pki"),
    kubeconfigs: join(root, "kubeconfigs"),
    etcdData: join(root, "etcd"),
    logs: join(root, "logs"),
    parts: join(root, "parts"),
    records: join(root, "run"),
    pulumiHome: join(root, "pulumi"),
    stacks: join(root, "stacks"),
  };
}
