import { GITLAB_GROUP, GITLAB_PROJECT } from "../../../../policies/gitlab-kinds";
import { APP_PROJECT, APPLICATION, CONFIG_MAP, NAMESPACE } from "../../../../policies/kinds";
import { productionProtected } from "../../../../policies/rules/production-protected";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

describeRule(productionProtected, {
  passing: {
    protected: { given: subject(NAMESPACE, {}, { isProtected: true }), isProduction: true },
    "what the stack names": {
      given: subject(NAMESPACE, {}, { name: "preview" }),
      isProduction: true,
      settings: { except: ["preview"] },
    },
    "an AppProject that allows nothing": {
      given: subject(APP_PROJECT, { spec: { destinations: [] } }),
      isProduction: true,
    },
  },
  failing: {
    "an Application, and what is on GitLab": {
      given: [APPLICATION, GITLAB_GROUP, GITLAB_PROJECT].map((type) => subject(type, {})),
      isProduction: true,
      finds: ["", "", ""],
    },
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
