/** The addresses of a cluster's own network; none of them leads anywhere, since pods are only played. */
export interface ClusterNetwork {
  readonly serviceRange: string;
  /** The first address of the range, which the API server gives to the Service `kubernetes`. */
  readonly apiServiceAddress: string;
  readonly dnsServiceAddress: string;
  readonly podRange: string;
}

/** The ports that the control plane listens on, all on 127.0.0.1. */
export interface Ports {
  readonly etcd: number;
  readonly etcdPeer: number;
  readonly apiserver: number;
  readonly controllerManager: number;
  readonly scheduler: number;
  readonly kwok: number;
}

/** The addresses are on loopback: no other machine reaches a lab. */
export const host = "127.0.0.1";

/** What a control plane is made of: where its files lie, what it listens on, and which programs it runs. */
export interface ControlPlane {
  readonly folders: {
    readonly pki: string;
    readonly kubeconfigs: string;
    readonly etcdData: string;
    readonly logs: string;
    readonly stateDir: string;
  };
  readonly ports: Ports;
  readonly network: ClusterNetwork;
  /** The path of a program. */
  readonly tool: (name: ControlPlaneTool) => string;
}

export type ControlPlaneTool = "etcd" | "kube-apiserver" | "kube-controller-manager" | "kube-scheduler" | "kwok";
