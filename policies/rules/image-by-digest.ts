import { resourceRule } from "../rule";
import { imageParts, workloadImages, WORKLOADS } from "../workload-images";

export const imageByDigest = resourceRule({
  name: "image-by-digest",
  level: "advisory",
  description: "In production, the platform's own workloads name their images by digest.",
  reason: "A tag can be moved to another image by whoever may push to the registry; a digest is the image.",
  source: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  types: WORKLOADS,
  check: (subject, { isProduction }) => {
    const images = isProduction ? workloadImages(subject) : [];
    const tagged = images.filter(({ image }) => imageParts(image).digest === undefined);
    const [first] = tagged;
    if (first === undefined) return [];
    return [
      {
        path: first.path,
        fact: "images are named by tags, which may be moved",
        value: [...new Set(tagged.map(({ image }) => image))].join(", "),
        fix: "name them as name@sha256:…, in manifests of your own that argocd.manifests.location names",
      },
    ];
  },
});
