import { APP_PROJECT, CONFIG_MAP, NAMESPACE } from "../../../../policies/kinds";
import { productionProtected } from "../../../../policies/rules/production-protected";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

describeRule(productionProtected, {
  passing: {
    protected: { given: subject(NAMESPACE, {}, { isProtected: true }), isProduction: true },
    "an AppProject that allows nothing": {
      given: subject(APP_PROJECT, { spec: { destinations: [] } }),
      isProduction: true,
    },
  },
  failing: {
    "a namespace": { given: subject(NAMESPACE, {}), isProduction: true, finds: "" },
    "an AppProject": {
      given: subject(APP_PROJECT, { spec: { destinations: [{ namespace: "shop" }] } }),
      isProduction: true,
      finds: "",
    },
  },
  notApplicable: {
    "another environment": subject(NAMESPACE, {}),
    "a ConfigMap": { given: subject(CONFIG_MAP, {}), isProduction: true },
  },
  mutation: {
    stack: "prod",
    resource: "acme-portal-prod-c626-application-deploy",
    subject: { isProtected: false },
    finds: "",
  },
});
