import { APPLICATION, DEPLOYMENT } from "../../../../policies/kinds";
import { argocdVersionPatched } from "../../../../policies/rules/argocd-version-patched";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function deployment(...images: readonly string[]) {
  const containers = images.map((image) => ({ name: "main", image }));
  return subject(DEPLOYMENT, { metadata: { name: "argocd-server" }, spec: { template: { spec: { containers } } } });
}

describeRule(argocdVersionPatched, {
  passing: {
    "the first good version": deployment("quay.io/argoproj/argocd:v3.2.12"),
    "a later line": deployment("quay.io/argoproj/argocd:v3.9.0"),
    "the lines' numbers as numbers": deployment("argocd:v3.10.0"),
    "a later major version": deployment("argocd:v4.0.0"),
    "a later patch, and a candidate of one": [deployment("argocd:v3.3.11"), deployment("argocd:v3.3.11-rc1")],
    "no floor": { given: deployment("argocd:v1.0.0"), settings: { floors: {} } },
    "another image": [
      deployment("redis:3.0.0"),
      deployment("acme/argocd-extension:v1.0.0"),
      deployment("myargocd:v1.0.0"),
      deployment("argocd"),
    ],
    "what only looks like a version": deployment("argocd:build-3.1.0", "argocd:v3.1.0.7"),
    "a tag that is no version": deployment("quay.io/argoproj/argocd:stable"),
    "what only runs at the start": subject(DEPLOYMENT, {
      spec: {
        template: { spec: { initContainers: [{ image: "argocd:v3.1.0" }], containers: [{ image: "redis:8" }] } },
      },
    }),
    "a digest": deployment("quay.io/argoproj/argocd@sha256:00"),
    "a floor of the stack's own": {
      given: deployment("quay.io/argoproj/argocd:v3.2.6"),
      settings: { floors: { "3.2": "3.2.6" } },
    },
  },
  failing: {
    "a version before it": {
      given: deployment("registry.example:5000/argoproj/argocd:v3.2.11", "quay.io/argoproj/argocd:v3.2.11"),
      finds: { path: "spec.template.spec.containers[0].image", value: "v3.2.11" },
    },
    "a version before its own line's": {
      given: [deployment("argocd:3.4.1"), deployment("argocd:v3.3.9")],
      finds: [
        {
          path: "spec.template.spec.containers[0].image",
          fix: "set argocd.manifests.version to v3.4.2 or later in the stack's config",
        },
        {
          path: "spec.template.spec.containers[0].image",
          fix: "set argocd.manifests.version to v3.3.10 or later in the stack's config",
        },
      ],
    },
    "a version before all lines, which needs the first": {
      given: deployment("argocd:v2.14.21"),
      settings: { floors: { "3.4": "3.4.2", "3.2": "3.2.12" } },
      finds: {
        path: "spec.template.spec.containers[0].image",
        fix: "set argocd.manifests.version to v3.2.12 or later in the stack's config",
      },
    },
    "a line without fixes": {
      given: deployment("quay.io/argoproj/argocd:v2.14.21"),
      finds: "spec.template.spec.containers[0].image",
    },
    "a candidate of the first good version": {
      given: deployment("quay.io/argoproj/argocd:v3.3.10-rc1"),
      finds: "spec.template.spec.containers[0].image",
    },
  },
  notApplicable: {
    "an Application": subject(APPLICATION, { spec: { source: { repoURL: "quay.io/argoproj/argocd:v1.0.0" } } }),
  },
  mutation: {
    resource: "argocd-deployment-argocd-server",
    change: ["spec.template.spec.containers[0].image", "quay.io/argoproj/argocd:v3.1.0"],
    finds: "spec.template.spec.containers[0].image",
  },
});
