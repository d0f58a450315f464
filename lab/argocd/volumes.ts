import { join } from "node:path";
import type { MountedConfigMap } from "../pods/carrier-config";
import type { Container, PodSpec, Values, Volume, VolumeItem } from "./objects";
import type { PodMount } from "./pod-root";
import { missingReference } from "./problems";

/** What a container finds mounted, and where that comes from. */
export interface PodVolumes {
  readonly mounts: readonly PodMount[];
  /** Folders that have to follow ConfigMaps. */
  readonly configMaps: readonly MountedConfigMap[];
  /** Folders that hold a Secret's files; they are written when the pod starts. */
  readonly secrets: readonly { readonly folder: string; readonly files: Readonly<Record<string, string>> }[];
  /** Folders that are empty at first. */
  readonly emptyDirs: readonly string[];
}

export interface VolumeContext {
  readonly namespace: string;
  readonly secrets: Values;
  /** Keeps the pod's volumes. */
  readonly folder: string;
  /** Names the pod in problems. */
  readonly pod: string;
}

/** The volumes that a container mounts. */
export function volumesOf(pod: PodSpec, container: Container, context: VolumeContext): PodVolumes {
  const mounted = (container.volumeMounts ?? []).map(({ name, mountPath, subPath }) => {
    const volume = pod.volumes?.find((candidate) => candidate.name === name);
    if (volume === undefined) throw missingReference(context.pod, `the volume ${name}`);
    const folder = join(context.folder, name);
    return {
      volume,
      folder,
      mount: { path: mountPath, source: subPath === undefined ? folder : join(folder, subPath) },
    };
  });
  return {
    mounts: mounted.map(({ mount }) => mount),
    configMaps: mounted.flatMap(({ volume, folder }) => configMapOf(volume, folder, context)),
    secrets: mounted.flatMap(({ volume, folder }) => secretOf(volume, folder, context)),
    emptyDirs: mounted.flatMap(({ volume, folder }) => (volume.emptyDir === undefined ? [] : [folder])),
  };
}

function configMapOf({ configMap }: Volume, folder: string, { namespace }: VolumeContext): MountedConfigMap[] {
  if (configMap === undefined) return [];
  const { name, items, optional } = configMap;
  const names = items && Object.fromEntries(items.map(({ key, path }) => [key, path]));
  return [
    { namespace, configMap: name, folder, ...(names && { items: names }), ...(optional === true && { optional }) },
  ];
}

function secretOf({ secret }: Volume, folder: string, { secrets, pod }: VolumeContext) {
  if (secret === undefined) return [];
  const { secretName, items, optional = false } = secret;
  const data = secrets.get(secretName);
  if (data === undefined && !optional) throw missingReference(pod, `the Secret ${secretName}`);
  return [{ folder, files: items === undefined ? { ...data } : chosen(data ?? {}, items) }];
}

function chosen(data: Readonly<Record<string, string>>, items: readonly VolumeItem[]): Record<string, string> {
  const pairs = items.map(({ key, path }) => [path, data[key]] as const);
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
}
