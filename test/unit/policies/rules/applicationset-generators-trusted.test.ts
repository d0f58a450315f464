import { APPLICATION_SET } from "../../../../policies/kinds";
import { applicationSetGeneratorsTrusted } from "../../../../policies/rules/applicationset-generators-trusted";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet } from "../support/subjects";

const anyPull = { pullRequest: { github: { owner: "acme", repo: "shop" } } };

describeRule(applicationSetGeneratorsTrusted, {
  passing: {
    "folders of a repository": applicationSet({ generators: [{ git: { repoURL: "https://git.example/shop.git" } }] }),
    "pull requests with a label": applicationSet({
      generators: [{ pullRequest: { gitlab: { project: "7", labels: ["preview"] } } }],
    }),
    "pull requests with a label, on every host that has them": applicationSet({
      generators: ["github", "gitlab", "gitea", "azuredevops"].map((host) => ({
        pullRequest: { [host]: { labels: ["preview"] } },
      })),
    }),
    "one that the stack names": { given: applicationSet({ generators: [anyPull] }), settings: { except: ["shops"] } },
  },
  failing: {
    "every pull request": { given: applicationSet({ generators: [anyPull] }), finds: "spec.generators[0].pullRequest" },
    "an empty list of labels": {
      given: applicationSet({ generators: [{ pullRequest: { github: { labels: [] } } }] }),
      finds: "spec.generators[0].pullRequest",
    },
    "one within a matrix of a merge": {
      given: applicationSet({
        generators: [{ list: {} }, { merge: { generators: [{ matrix: { generators: [{ list: {} }, anyPull] } }] } }],
      }),
      finds: "spec.generators[1].merge.generators[0].matrix.generators[1].pullRequest",
    },
  },
  notApplicable: { "an Application": application({ generators: [anyPull] }) },
  mutation: {
    resource: "acme-shop-dev-6293-application-deploy",
    subject: { type: APPLICATION_SET, inputs: { spec: { generators: [anyPull] } } },
    finds: "spec.generators[0].pullRequest",
  },
});
