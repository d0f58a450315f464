import { APPLICATION } from "../kinds";
import { at, listAt, textAt } from "../read";
import { statedSources } from "../repository-urls";
import { resourceRule } from "../rule";
import type { Finding, Subject } from "../rule";
import { imageParts, workloadImages, WORKLOADS } from "../workload-images";

export const imageNotLatest = resourceRule({
  name: "image-not-latest",
  level: "mandatory",
  description: "Images have a tag that is not latest, or a digest.",
  reason: "What latest is changes without a commit: nobody can tell what runs, or go back to what ran.",
  source: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  types: [...WORKLOADS, APPLICATION],
  check: (subject) => (subject.type === APPLICATION ? overrides(subject) : ofWorkload(subject)),
});

function ofWorkload(subject: Subject): readonly Finding[] {
  return workloadImages(subject).flatMap(({ path, image }) => {
    const { tag, digest } = imageParts(image);
    if (digest !== undefined || (tag !== undefined && tag !== "latest")) return [];
    return [finding(path, image)];
  });
}

/** What an Application sets: the images of a kustomization, and parameters of a chart that are called tag. */
function overrides({ inputs }: Subject): readonly Finding[] {
  return statedSources(at(inputs, "spec"), "spec").flatMap(({ path, source }) => [
    ...listAt(source, "kustomize", "images").flatMap((image, index) => {
      if (typeof image !== "string") return [];
      const { tag, digest } = imageParts(image.split("=").at(-1) ?? "");
      // Without a tag, the one in the repository stays.
      return tag === "latest" && digest === undefined
        ? [finding(`${path}.kustomize.images[${String(index)}]`, image)]
        : [];
    }),
    ...listAt(source, "helm", "parameters").flatMap((parameter, index) => {
      const name = textAt(parameter, "name") ?? "";
      const isTag = /(^|\.)(image)?tag$/i.test(name) && textAt(parameter, "value") === "latest";
      return isTag ? [finding(`${path}.helm.parameters[${String(index)}].value`, `${name}: latest`)] : [];
    }),
  ]);
}

function finding(path: string, value: string): Finding {
  return { path, fact: "the image has no tag of its own", value, fix: "write the tag of a release, or a digest" };
}
