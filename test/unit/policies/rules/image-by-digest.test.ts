import { CONFIG_MAP, DEPLOYMENT } from "../../../../policies/kinds";
import { imageByDigest } from "../../../../policies/rules/image-by-digest";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function deployment(...images: readonly string[]) {
  const containers = images.map((image) => ({ name: "main", image }));
  return subject(DEPLOYMENT, { metadata: { name: "argocd-server" }, spec: { template: { spec: { containers } } } });
}

describeRule(imageByDigest, {
  passing: { "a digest": { given: deployment("argocd:v3.2.12@sha256:00"), isProduction: true } },
  failing: {
    tags: {
      given: deployment("argocd:v3.2.12", "redis@sha256:00", "redis:8", "argocd:v3.2.12"),
      isProduction: true,
      finds: { path: "spec.template.spec.containers[0].image", value: "argocd:v3.2.12, redis:8" },
    },
  },
  notApplicable: {
    "another environment": deployment("argocd:v3.2.12"),
    "a ConfigMap": { given: subject(CONFIG_MAP, {}), isProduction: true },
  },
  mutation: {
    stack: "prod",
    resource: "argocd-deployment-argocd-redis",
    change: ["spec.template.spec.containers[0].image", "redis:8"],
    finds: "spec.template.spec.containers[0].image",
  },
});
