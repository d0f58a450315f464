export { cacheRoot, manifestCacheDir } from "./cache";
export type { KubernetesObject } from "./kubernetes-object";
export { readManifests } from "./read-manifests";
export type { ReadManifestsOptions } from "./read-manifests";
