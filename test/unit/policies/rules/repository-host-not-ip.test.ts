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
    "that address in other words": {
      given: application({ source: { repoURL: "https://167772167/shop.git" } }),
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
    "an address in other words": {
      given: appProject({
        sourceRepos: [
          "https://167772167/shop.git",
          "https://0x0a000007/shop.git",
          "https://10.7/shop.git",
          "https://012.0.0.7/shop.git",
          "https://10.0.0.7./shop.git",
          "https://[::ffff:10.0.0.7]/shop.git",
          "https://[fe80::1%25eth0]/shop.git",
          " https://10.0.0.7/shop.git",
          "https://bot@10.0.0.7/shop.git",
          "10.0.0.7:5000/charts",
        ],
      }),
      finds: Array.from({ length: 10 }, (_, index) => `spec.sourceRepos[${String(index)}]`),
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
