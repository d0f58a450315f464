import { CONFIG_MAP, SECRET } from "../../../../policies/kinds";
import { annotationNoCredentials } from "../../../../policies/rules/annotation-no-credentials";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet, appProject, subject } from "../support/subjects";

describeRule(annotationNoCredentials, {
  passing: {
    "a note": application(
      {},
      {
        annotations: {
          "notifications.argoproj.io/subscribe.on-deployed.email": "shop@example",
          "gitops-factory/credentials-expire-at": "2027-03-01",
        },
      },
    ),
  },
  failing: {
    "a token": {
      given: application({}, { annotations: { "example/api-token": "correct-horse" } }),
      finds: 'metadata.annotations["example/api-token"]',
    },
    "a label, a Secret, an AppProject, an ApplicationSet": {
      given: [
        application({}, { labels: { token: "correct-horse" } }),
        subject(SECRET, { metadata: { annotations: { password: "correct-horse" } } }),
        appProject({}, { annotations: { password: "correct-horse" } }),
        applicationSet({}, { annotations: { password: "correct-horse" } }),
      ],
      finds: [
        { path: 'metadata.labels["token"]', fact: "a token stands in clear in the labels" },
        'metadata.annotations["password"]',
        'metadata.annotations["password"]',
        'metadata.annotations["password"]',
      ],
    },
    "a URL with a password": {
      given: application({}, { annotations: { link: "https://bot:correct-horse@git.example" } }),
      finds: 'metadata.annotations["link"]',
    },
  },
  notApplicable: { "a ConfigMap": subject(CONFIG_MAP, { metadata: { annotations: { password: "correct-horse" } } }) },
  mutation: {
    resource: "acme-shop-dev-6293-namespace",
    change: ["metadata.annotations.password", "correct-horse"],
    finds: 'metadata.annotations["password"]',
  },
});
