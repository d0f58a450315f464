import { DEPLOYMENT, STATEFUL_SET } from "./kinds";
import { at, listAt, textAt } from "./read";
import type { Subject } from "./rule";

/** What runs containers, as a whole or some fields of it. */
export const WORKLOADS: readonly string[] = [
  DEPLOYMENT,
  STATEFUL_SET,
  "kubernetes:apps/v1:DaemonSet",
  "kubernetes:apps/v1:ReplicaSet",
  "kubernetes:batch/v1:Job",
  "kubernetes:batch/v1:CronJob",
  "kubernetes:core/v1:Pod",
].flatMap((type) => [type, `${type}Patch`]);

/** A container's image, and where it is. */
export interface WorkloadImage {
  readonly path: string;
  readonly image: string;
}

/** The images of a workload's containers, those of its start included. */
export function workloadImages({ inputs }: Subject): readonly WorkloadImage[] {
  const spec = ["spec.template.spec", "spec.jobTemplate.spec.template.spec", "spec"].find(
    (path) => at(inputs, ...path.split("."), "containers") !== undefined,
  );
  if (spec === undefined) return [];
  return ["initContainers", "containers"].flatMap((list) =>
    listAt(inputs, ...spec.split("."), list).flatMap((container, index) => {
      const image = textAt(container, "image");
      return image === undefined ? [] : [{ path: `${spec}.${list}[${String(index)}].image`, image }];
    }),
  );
}

/** The parts of an image's reference; without a tag, a registry takes `latest`. */
export interface ImageParts {
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Takes `registry:5000/name:tag@sha256:…` apart. */
export function imageParts(image: string): ImageParts {
  const [reference = "", digest] = image.split("@");
  const [, name = reference, tag] = /^(.*?)(?::([^:/]+))?$/.exec(reference) ?? [];
  return { name, tag, digest };
}
