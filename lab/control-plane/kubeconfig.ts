import { mkdirSync, renameSync, writeFileSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { type ControlPlane, host } from "./network";
import { pkiFiles } from "./pki";

/** The name of cluster, user and context in the kubeconfigs. */
export const contextName = "gitops-factory-lab";

export interface KubeconfigArgs {
  readonly server: string;
  /** PEM texts. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** A kubeconfig with one cluster, one user by client certificate, and one context that joins them. */
export function kubeconfigText(args: KubeconfigArgs): string {
  const base64 = (text: string): string => Buffer.from(text).toString("base64");
  return stringify(
    {
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        { name: contextName, cluster: { server: args.server, "certificate-authority-data": base64(args.ca) } },
      ],
      users: [
        {
          name: contextName,
          user: { "client-certificate-data": base64(args.cert), "client-key-data": base64(args.key) },
        },
      ],
      contexts: [{ name: contextName, context: { cluster: contextName, user: contextName } }],
      "current-context": contextName,
    },
    { lineWidth: 0 },
  );
}

export function serverUrl(port: number): string {
  return `https://${host}:${String(port)}`;
}

/** The processes that speak to the API server, each as its own user. */
export type Component = "controllerManager" | "scheduler" | "kwok";

export function componentKubeconfig(folder: string, component: Component): string {
  return join(folder, `${component}.yaml`);
}

/** Writes the administrator's kubeconfig and those of the control plane's own processes. */
export function writeKubeconfigs(plane: ControlPlane, adminFile: string): void {
  const files = pkiFiles(plane.folders.pki);
  const write = (user: Component | "admin", file: string): void => {
    const pair = files[user];
    const [ca, cert, key] = [files.ca.cert, pair.cert, pair.key].map((path) => readFileSync(path, "utf8"));
    replaceFile(
      file,
      kubeconfigText({ server: serverUrl(plane.ports.apiserver), ca: ca ?? "", cert: cert ?? "", key: key ?? "" }),
    );
  };
  const components: readonly Component[] = ["controllerManager", "scheduler", "kwok"];
  for (const component of components) write(component, componentKubeconfig(plane.folders.kubeconfigs, component));
  write("admin", adminFile);
}

/** As a whole, so that a kubectl that runs just now reads the old one or the new one. */
function replaceFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
