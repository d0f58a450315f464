import { repositoryUrlNoUserInfo } from "../../../../policies/rules/repository-url-no-user-info";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet, appProject, argocdSecret, noRepositories } from "../support/subjects";

describeRule(repositoryUrlNoUserInfo, {
  passing: {
    "no user": application({ source: { repoURL: "https://git.example/shop.git" } }),
    "a user of SSH": application({
      sources: [{ repoURL: "ssh://git@git.example/shop.git" }, { repoURL: "git@git.example:shop.git" }],
    }),
    "what a registry is called": argocdSecret("repository", { url: "registry.example/charts" }),
    "an ApplicationSet": applicationSet({
      template: { spec: { source: { repoURL: "https://git.example/shop.git" } } },
    }),
  },
  failing: {
    "a password": {
      given: application({ source: { repoURL: "https://bot:s3cret@git.example/shop.git" } }),
      finds: { path: "spec.source.repoURL", value: "https://(not shown)@git.example/shop.git" },
    },
    "a password over SSH, and an empty user": {
      given: [
        application({ source: { repoURL: "ssh://git:s3cret@git.example/shop.git" } }),
        application({ source: { repoURL: "https://:s3cret@git.example/shop.git" } }),
      ],
      finds: ["spec.source.repoURL", "spec.source.repoURL"],
    },
    "a fragment": {
      given: application({ source: { repoURL: "https://git.example/shop.git#token" } }),
      finds: { path: "spec.source.repoURL", value: "https://git.example/shop.git?(not shown)" },
    },
    "a token as a user": {
      given: appProject({ sourceRepos: ["https://glpat-secret@git.example/shop.git"] }),
      finds: "spec.sourceRepos[0]",
    },
    "a query": {
      given: argocdSecret("repository", { url: "https://git.example/shop.git?private_token=secret" }),
      finds: { path: "stringData.url", value: "https://git.example/shop.git?(not shown)" },
    },
  },
  notApplicable: noRepositories,
  mutation: {
    resource: "acme-shop-dev-6293-application-deploy",
    change: ["spec.source.repoURL", "https://bot:s3cret@git.acme.example/shop/deploy.git"],
    finds: "spec.source.repoURL",
  },
});
