import type { KubeTarget } from "../../../../delivery/cluster/kube-target";

export const SERVER = "https://10.0.0.1:6443";

/** A cluster that a kubeconfig leads to. */
export function kubeTarget(changes: Partial<KubeTarget> = {}): KubeTarget {
  return {
    source: { file: "ada.yaml", args: ["--kubeconfig", "/home/ada/ada.yaml"] },
    context: "blue",
    server: SERVER,
    insecure: false,
    proxied: false,
    hasCredentials: true,
    ...changes,
  };
}
