import { repositoryHostNotIp } from "../../../../policies/rules/repository-host-not-ip";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet, appProject, argocdSecret, noRepositories } from "../support/subjects";

describeRule(repositoryHostNotIp, {
  passing: {
    "a name": application({ source: { repoURL: "https://git.example/shop.git" } }),
    "a name of numbers": appProject({ sourceRepos: ["https://10.0.0.7.nip.example/shop.git"] }),
    "an address that the stack accepts": {
      given: application({ source: { repoURL: "https://10.0.0.7/shop.git" } }),
      settings: { addresses: ["10.0.0.7"] },
    },
    "an ApplicationSet": applicationSet({
      template: { spec: { source: { repoURL: "https://git.example/shop.git" } } },
    }),
  },
  failing: {
    "Protobox's Application": {
      given: application({ source: { repoURL: "http://10.0.0.7/gitlab/protobox1/docserver.git" } }),
      finds: { path: "spec.source.repoURL", value: "10.0.0.7" },
    },
    "IPv6 with a port": {
      given: application({ source: { repoURL: "https://[2001:db8::7]:8443/shop.git" } }),
      finds: { path: "spec.source.repoURL", value: "2001:db8::7" },
    },
    SSH: { given: argocdSecret("repository", { url: "git@10.0.0.7:shop.git" }), finds: "stringData.url" },
  },
  notApplicable: noRepositories,
  mutation: {
    resource: "acme-shop-dev-6293-application-deploy",
    change: ["spec.source.repoURL", "https://10.0.0.7/shop/deploy.git"],
    finds: "spec.source.repoURL",
  },
});
