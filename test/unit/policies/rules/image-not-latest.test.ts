import { CONFIG_MAP, DEPLOYMENT } from "../../../../policies/kinds";
import { imageNotLatest } from "../../../../policies/rules/image-not-latest";
import { describeRule } from "../support/describe-rule";
import { application, subject } from "../support/subjects";

function deployment(...images: readonly string[]) {
  const containers = images.map((image) => ({ name: "main", image }));
  return subject(DEPLOYMENT, { metadata: { name: "argocd-server" }, spec: { template: { spec: { containers } } } });
}

describeRule(imageNotLatest, {
  passing: {
    "a tag": deployment("registry.example:5000/shop:1.4.0"),
    "a digest": deployment("shop@sha256:00"),
    "an image that keeps the repository's tag": application({
      source: { kustomize: { images: ["shop=registry.example:5000/shop"] } },
    }),
    "a chart's tag": application({ source: { helm: { parameters: [{ name: "image.tag", value: "1.4.0" }] } } }),
  },
  failing: {
    "no tag": {
      given: deployment("shop:1", "registry.example:5000/shop"),
      finds: "spec.template.spec.containers[1].image",
    },
    latest: {
      given: deployment("shop:latest"),
      finds: { path: "spec.template.spec.containers[0].image", value: "shop:latest" },
    },
    "a kustomization's image": {
      given: application({ sources: [{ kustomize: { images: ["shop=registry.example/shop:latest"] } }] }),
      finds: "spec.sources[0].kustomize.images[0]",
    },
    "a chart's parameter": {
      given: application({ source: { helm: { parameters: [{ name: "web.image.tag", value: "latest" }] } } }),
      finds: { path: "spec.source.helm.parameters[0].value", value: "web.image.tag: latest" },
    },
  },
  notApplicable: { "a ConfigMap": subject(CONFIG_MAP, { data: { image: "shop:latest" } }) },
  mutation: {
    resource: "argocd-deployment-argocd-server",
    change: ["spec.template.spec.containers[0].image", "quay.io/argoproj/argocd:latest"],
    finds: "spec.template.spec.containers[0].image",
  },
});
