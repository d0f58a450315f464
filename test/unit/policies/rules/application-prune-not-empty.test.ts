import { APPLICATION_PATCH, CONFIG_MAP } from "../../../../policies/kinds";
import { applicationPruneNotEmpty } from "../../../../policies/rules/application-prune-not-empty";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet, subject } from "../support/subjects";

describeRule(applicationPruneNotEmpty, {
  passing: {
    "not allowed": application({ syncPolicy: { automated: { prune: true, allowEmpty: false } } }),
    "not said, which is the same": application({ syncPolicy: { automated: { prune: true } } }),
  },
  failing: {
    "fields applied over others": {
      given: subject(APPLICATION_PATCH, { spec: { syncPolicy: { automated: { allowEmpty: true } } } }),
      finds: "spec.syncPolicy.automated.allowEmpty",
    },
    "an ApplicationSet's patch": {
      given: applicationSet({ templatePatch: '{ "spec": { "syncPolicy": { "automated": { "allowEmpty": true } } } }' }),
      finds: "spec.templatePatch.spec.syncPolicy.automated.allowEmpty",
    },
    allowed: {
      given: application({ syncPolicy: { automated: { prune: true, allowEmpty: true } } }),
      finds: { path: "spec.syncPolicy.automated.allowEmpty", value: "true" },
    },
    "allowed to what an ApplicationSet makes": {
      given: applicationSet({ template: { spec: { syncPolicy: { automated: { allowEmpty: true } } } } }),
      finds: "spec.template.spec.syncPolicy.automated.allowEmpty",
    },
  },
  notApplicable: {
    "a ConfigMap": subject(CONFIG_MAP, { metadata: { name: "shop" } }),
    "an Application that is synchronised by hand": application({ syncPolicy: {} }),
  },
  mutation: {
    resource: "acme-shop-dev-6293-application-deploy",
    change: ["spec.syncPolicy.automated.allowEmpty", true],
    finds: "spec.syncPolicy.automated.allowEmpty",
  },
});
