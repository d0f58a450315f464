import { APPLICATION, CONFIG_MAP } from "../../../../policies/kinds";
import { applicationSyncOptions } from "../../../../policies/rules/application-sync-options";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet, subject } from "../support/subjects";

const withOptions = (...syncOptions: string[]) => application({ syncPolicy: { syncOptions } });

describeRule(applicationSyncOptions, {
  passing: {
    "options that guard": withOptions(
      "CreateNamespace=true",
      "PruneLast=true",
      "ServerSideApply=true",
      "Replace=false",
    ),
    "no validation, outside production": withOptions("Validate=false"),
    "an Application that the stack names": {
      given: withOptions("Replace=true"),
      settings: { except: ["shop-deploy"] },
    },
    "an option that the stack allows": { given: withOptions("Replace=true"), settings: { allowed: ["Replace=true"] } },
  },
  failing: {
    "Force and Replace": {
      given: withOptions("PruneLast=true", "Force=true", "Replace=true"),
      finds: [{ path: "spec.syncPolicy.syncOptions[1]", value: "Force=true" }, "spec.syncPolicy.syncOptions[2]"],
    },
    "no validation in production": {
      given: withOptions("Validate=false"),
      isProduction: true,
      finds: "spec.syncPolicy.syncOptions[0]",
    },
    "a synchronisation that stands in the Application": {
      given: subject(APPLICATION, { operation: { sync: { syncOptions: ["Replace=true"] } } }),
      finds: "operation.sync.syncOptions[0]",
    },
    "an ApplicationSet's patch": {
      given: applicationSet({ templatePatch: "spec: { syncPolicy: { syncOptions: [Replace=true] } }" }),
      finds: "spec.templatePatch.spec.syncPolicy.syncOptions[0]",
    },
    "what an ApplicationSet gives": {
      given: applicationSet({ template: { spec: { syncPolicy: { syncOptions: ["Force=true"] } } } }),
      finds: "spec.template.spec.syncPolicy.syncOptions[0]",
    },
  },
  notApplicable: { "a ConfigMap": subject(CONFIG_MAP, { metadata: { name: "shop" } }) },
  mutation: {
    resource: "acme-shop-dev-6293-application-deploy",
    change: ["spec.syncPolicy.syncOptions", ["Replace=true"]],
    finds: "spec.syncPolicy.syncOptions[0]",
  },
});
