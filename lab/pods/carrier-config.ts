/** A ConfigMap in a pod's file system. */
export interface MountedConfigMap {
  readonly namespace: string;
  readonly configMap: string;
  /** Holds one file for each key, and nothing else but folders that other mounts have made in it. */
  readonly folder: string;
  /** The file's name by the key, as a volume's `items`. @default all keys, each under its own name */
  readonly items?: Readonly<Record<string, string>>;
  /** Whether the pod starts without it, with an empty folder. @default false */
  readonly optional?: boolean;
}

/** What a carrier is told on its command line, as JSON. */
export interface CarrierConfig {
  /** The API server's URL, and the files to speak to it with, PEM. */
  readonly api: { readonly server: string; readonly ca: string; readonly cert: string; readonly key: string };
  readonly mounts: readonly MountedConfigMap[];
  /** Where it answers `/healthz`. */
  readonly address: string;
}

/** Where kubelets answer too. */
export const healthPort = 10248;
