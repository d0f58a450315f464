import { APPLICATION_PATCH, CONFIG_MAP } from "../../../../policies/kinds";
import { applicationRevisionPinned } from "../../../../policies/rules/application-revision-pinned";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet, subject } from "../support/subjects";

const at = (targetRevision: string) =>
  application({ source: { repoURL: "https://git.example/shop.git", targetRevision } });

describeRule(applicationRevisionPinned, {
  passing: {
    "versions, tags and commits": {
      given: ["v1.4.0", "2.0.0-rc.1", "refs/tags/release", "0f3c9d2a"].map(at),
      isProduction: true,
    },
    "what an ApplicationSet fills in": {
      given: applicationSet({ template: { spec: { source: { targetRevision: "{{ .revision }}" } } } }),
      isProduction: true,
    },
    "what is laid over an Application, and leaves its revision": {
      given: [
        subject(APPLICATION_PATCH, { spec: { source: { path: "deploy" } } }),
        applicationSet({ templatePatch: "spec: { source: { path: deploy } }" }),
        applicationSet({ templatePatch: "spec:\n  source:\n    targetRevision: {{ .revision }}\n" }),
      ],
      isProduction: true,
    },
    "a repository that the stack names": {
      given: at("main"),
      isProduction: true,
      settings: { except: ["https://git.example/shop.git"] },
    },
  },
  failing: {
    "a branch, HEAD and a range": {
      given: ["main", "HEAD", "1.4.*"].map(at),
      isProduction: true,
      finds: [
        { path: "spec.source.targetRevision", value: "main" },
        { path: "spec.source.targetRevision", value: "HEAD" },
        { path: "spec.source.targetRevision", value: "1.4.*" },
      ],
    },
    "none, which is HEAD": {
      given: application({ source: {} }),
      isProduction: true,
      finds: { path: "spec.source.targetRevision", value: "none, which is HEAD" },
    },
    "what is laid over an Application": {
      given: [
        subject(APPLICATION_PATCH, { spec: { source: { targetRevision: "main" } } }),
        applicationSet({ templatePatch: "spec: { source: { targetRevision: main } }" }),
      ],
      isProduction: true,
      finds: ["spec.source.targetRevision", "spec.templatePatch.spec.source.targetRevision"],
    },
    "one of several sources": {
      given: application({
        source: {},
        sources: [{ targetRevision: "v1" }, { targetRevision: "main", ref: "values" }],
      }),
      isProduction: true,
      finds: "spec.sources[1].targetRevision",
    },
  },
  notApplicable: {
    "a ConfigMap": subject(CONFIG_MAP, { metadata: { name: "shop" } }),
    "an environment that is not production": at("main"),
  },
  mutation: {
    stack: "prod",
    resource: "ministere-demarches-prod-c626-application-api",
    change: ["spec.source.targetRevision", "main"],
    finds: "spec.source.targetRevision",
  },
});
