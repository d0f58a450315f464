import { repositoryUrlEncrypted } from "../../../../policies/rules/repository-url-encrypted";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet, appProject, argocdSecret, noRepositories } from "../support/subjects";

describeRule(repositoryUrlEncrypted, {
  passing: {
    "HTTPS, SSH and a registry": application({
      sources: [
        { repoURL: "https://git.example/shop.git" },
        { repoURL: "git@git.example:shop.git" },
        { repoURL: "registry.example/charts" },
      ],
    }),
    "a host that the stack accepts": {
      given: application({ source: { repoURL: "http://git.protobox/shop.git" } }),
      settings: { hosts: ["git.protobox"] },
    },
    "a generated URL": applicationSet({ template: { spec: { source: { repoURL: "{{url}}" } } } }),
  },
  failing: {
    "plain HTTP": {
      given: application({ source: { repoURL: "http://git.example/shop.git" } }),
      finds: { path: "spec.source.repoURL", value: "http://git.example/shop.git" },
    },
    "Git's own protocol, among what a project may use": {
      given: appProject({ sourceRepos: ["https://git.example/a.git", "git://git.example/b.git"] }),
      finds: "spec.sourceRepos[1]",
    },
    "credentials for plain HTTP": {
      given: argocdSecret("repo-creds", { url: "http://git.example" }),
      finds: "stringData.url",
    },
    "plain HTTP in upper case, and behind blanks": {
      given: [
        application({ source: { repoURL: "HTTP://git.example/shop.git" } }),
        application({ source: { repoURL: " http://git.example/shop.git" } }),
      ],
      finds: ["spec.source.repoURL", "spec.source.repoURL"],
    },
    "an ApplicationSet's patch, and a generator's template": {
      given: applicationSet({
        generators: [{ git: { template: { spec: { source: { repoURL: "http://git.example/a.git" } } } } }],
        templatePatch: "spec:\n  sources:\n    - repoURL: http://git.example/b.git\n      path: {{ .path }}\n",
      }),
      finds: ["spec.generators[0].git.template.spec.source.repoURL", "spec.templatePatch.spec.sources[0].repoURL"],
    },
    "an ApplicationSet": {
      given: applicationSet({ template: { spec: { source: { repoURL: "http://git.example/shop.git" } } } }),
      finds: "spec.template.spec.source.repoURL",
    },
  },
  notApplicable: noRepositories,
  mutation: {
    resource: "acme-shop-dev-6293-application-deploy",
    change: ["spec.source.repoURL", "http://git.acme.example/shop/deploy.git"],
    finds: "spec.source.repoURL",
  },
});
