/** The little of the Kubernetes objects that running Argo CD's pods takes. */
export interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
}

/** A Deployment or StatefulSet. */
export interface Workload {
  readonly metadata: Metadata;
  readonly spec: {
    /** @default 1 */
    readonly replicas?: number;
    readonly template: PodTemplate;
  };
}

export interface PodTemplate {
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: PodSpec;
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly serviceAccountName?: string;
  /** @default true */
  readonly automountServiceAccountToken?: boolean;
  readonly hostAliases?: readonly { readonly ip: string; readonly hostnames?: readonly string[] }[];
  readonly volumes?: readonly Volume[];
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  readonly env?: readonly Variable[];
  readonly envFrom?: readonly VariableSource[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly subPath?: string }[];
}

export interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly configMapKeyRef?: KeyReference;
    readonly secretKeyRef?: KeyReference;
    readonly fieldRef?: { readonly fieldPath: string };
  };
}

export interface KeyReference {
  readonly name: string;
  readonly key: string;
  readonly optional?: boolean;
}

export interface VariableSource {
  readonly prefix?: string;
  readonly configMapRef?: { readonly name: string; readonly optional?: boolean };
  readonly secretRef?: { readonly name: string; readonly optional?: boolean };
}

export interface Volume {
  readonly name: string;
  readonly emptyDir?: object;
  readonly configMap?: { readonly name: string; readonly items?: readonly VolumeItem[]; readonly optional?: boolean };
  readonly secret?: {
    readonly secretName: string;
    readonly items?: readonly VolumeItem[];
    readonly optional?: boolean;
  };
}

export interface VolumeItem {
  readonly key: string;
  readonly path: string;
}

export interface Service {
  readonly metadata: Metadata;
  readonly spec: { readonly selector?: Readonly<Record<string, string>> };
}

/** The values of a namespace's ConfigMaps or Secrets by their names; those of Secrets are decoded. */
export type Values = ReadonlyMap<string, Readonly<Record<string, string>>>;
