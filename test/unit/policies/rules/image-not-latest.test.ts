import { APPLICATION_PATCH, CONFIG_MAP, DEPLOYMENT } from "../../../../policies/kinds";
import { imageNotLatest } from "../../../../policies/rules/image-not-latest";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet, subject } from "../support/subjects";

function deployment(...images: readonly string[]) {
  const containers = images.map((image) => ({ name: "main", image }));
  return subject(DEPLOYMENT, { metadata: { name: "argocd-server" }, spec: { template: { spec: { containers } } } });
}

describeRule(imageNotLatest, {
  passing: {
    "a tag": deployment("registry.example:5000/shop:1.4.0"),
    "a workload that the stack names": { given: deployment("shop"), settings: { except: ["argocd-server"] } },
    "a digest": deployment("shop@sha256:00"),
    "an image that keeps the repository's tag": application({
      source: { kustomize: { images: ["shop=registry.example:5000/shop"] } },
    }),
    "values without latest": application({
      source: {
        helm: {
          values: "image:\n  tag: 1.4.0\nvintage: latest\n",
          valuesObject: { image: "shop:1.4.0", channels: ["latest"], nothing: null, imageTag: 7 },
        },
      },
    }),
    "a tag that is called latest, with a digest": deployment("shop:latest@sha256:00"),
    "the same of a kustomization": application({ source: { kustomize: { images: ["shop:latest@sha256:00"] } } }),
    "a parameter that only ends so": application({
      source: {
        helm: {
          parameters: [
            { name: "stage", value: "latest" },
            { name: "tags", value: "latest" },
            { name: "imageName", value: "shop:latest" },
          ],
        },
      },
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
    "a chart's values": {
      given: application({
        source: {
          helm: {
            values: "web:\n  image:\n    tag: latest\n",
            valuesObject: { imageTag: "latest", sidecarImage: "proxy:latest", worker: [{ image: "shop:latest" }] },
            parameters: [
              { name: "tag", value: "latest" },
              { name: "web.image", value: "shop:latest" },
            ],
          },
        },
      }),
      finds: [
        { path: "spec.source.helm.parameters[0].value", value: "tag: latest" },
        { path: "spec.source.helm.parameters[1].value", value: "web.image: shop:latest" },
        { path: "spec.source.helm.valuesObject", value: "imageTag: latest" },
        { path: "spec.source.helm.valuesObject", value: "sidecarImage: proxy:latest" },
        { path: "spec.source.helm.valuesObject", value: "worker.0.image: shop:latest" },
        { path: "spec.source.helm.values", value: "web.image.tag: latest" },
      ],
    },
    "an ApplicationSet, and fields applied over others": {
      given: [
        applicationSet({ template: { spec: { source: { kustomize: { images: ["shop:latest"] } } } } }),
        subject(APPLICATION_PATCH, { spec: { source: { kustomize: { images: ["shop:latest"] } } } }),
        subject(`${DEPLOYMENT}Patch`, { spec: { template: { spec: { containers: [{ image: "shop:latest" }] } } } }),
      ],
      finds: [
        "spec.template.spec.source.kustomize.images[0]",
        "spec.source.kustomize.images[0]",
        "spec.template.spec.containers[0].image",
      ],
    },
    "every kind of workload": {
      given: [
        ...["apps/v1:StatefulSet", "apps/v1:DaemonSet", "apps/v1:ReplicaSet", "batch/v1:Job"].map((type) =>
          subject(`kubernetes:${type}`, { spec: { template: { spec: { containers: [{ image: "shop" }] } } } }),
        ),
        subject("kubernetes:batch/v1:CronJob", {
          spec: { jobTemplate: { spec: { template: { spec: { containers: [{ image: "shop" }] } } } } },
        }),
        subject("kubernetes:core/v1:Pod", { spec: { initContainers: [{ image: "shop" }], containers: [{}] } }),
      ],
      finds: [
        ...Array.from({ length: 4 }, () => "spec.template.spec.containers[0].image"),
        "spec.jobTemplate.spec.template.spec.containers[0].image",
        "spec.initContainers[0].image",
      ],
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
