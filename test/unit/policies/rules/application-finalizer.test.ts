import { CONFIG_MAP } from "../../../../policies/kinds";
import { applicationFinalizer } from "../../../../policies/rules/application-finalizer";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet, subject } from "../support/subjects";

describeRule(applicationFinalizer, {
  passing: {
    "workloads go with the Application": application({}, { finalizers: ["resources-finalizer.argocd.argoproj.io"] }),
    "they go in the background": application({}, { finalizers: ["resources-finalizer.argocd.argoproj.io/background"] }),
    "they go in the foreground": application({}, { finalizers: ["resources-finalizer.argocd.argoproj.io/foreground"] }),
    "they stay, as the stack says of this one": { given: application({}), settings: { except: ["shop-deploy"] } },
    "they stay, as the stack says": { given: application({}), leavesWorkloads: true },
    "they stay, as the ApplicationSet says": applicationSet({ syncPolicy: { preserveResourcesOnDeletion: true } }),
  },
  failing: {
    "another finalizer that begins so": {
      given: application({}, { finalizers: ["resources-finalizer.argocd.argoproj.io.example"] }),
      finds: "metadata.finalizers",
    },
    "nothing is said": { given: application({}), finds: "metadata.finalizers" },
    "another finalizer": { given: application({}, { finalizers: ["example.org/wait"] }), finds: "metadata.finalizers" },
    "nothing is said in an ApplicationSet": {
      given: applicationSet({ template: { metadata: {} } }),
      finds: "spec.template.metadata.finalizers",
    },
  },
  notApplicable: { "a ConfigMap": subject(CONFIG_MAP, { metadata: { name: "shop" } }) },
  mutation: {
    stack: "staging",
    resource: "acme-shop-staging-41a5-application-deploy",
    change: ["metadata.finalizers", undefined],
    finds: "metadata.finalizers",
  },
});
