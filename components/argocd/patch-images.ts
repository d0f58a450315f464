import type { KubernetesObject } from "../../manifests/kubernetes-object";
import { withPodSpec } from "./workload";
import type { Container } from "./workload";

/** Has every image of a workload pulled from a mirror, by the same path: `quay.io/argoproj/argocd` → `mirror/argoproj/argocd`. */
export function patchImages(object: KubernetesObject, registry: string): KubernetesObject {
  const mirrored = (container: Container): Container => ({
    ...container,
    image: mirroredImage(container.image, registry),
  });
  return withPodSpec(object, (pod) => ({
    ...pod,
    ...(pod.initContainers && { initContainers: pod.initContainers.map(mirrored) }),
    containers: pod.containers.map(mirrored),
  }));
}

/**
 * The image's name with another registry in the place of its own. The first part of a name is a registry if it has a
 * dot or a port or is `localhost`, else the image is one of Docker Hub, with `library` for a name of one part: the
 * rules of github.com/distribution/reference.
 */
export function mirroredImage(image: string, registry: string): string {
  const [first = "", ...rest] = image.split("/");
  if (rest.length === 0) return `${registry}/library/${image}`;
  const named = /[.:]/.test(first) || first === "localhost";
  return named ? `${registry}/${rest.join("/")}` : `${registry}/${image}`;
}
