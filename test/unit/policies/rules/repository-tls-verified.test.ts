import { SECRET } from "../../../../policies/kinds";
import { repositoryTlsVerified } from "../../../../policies/rules/repository-tls-verified";
import { describeRule } from "../support/describe-rule";
import { argocdSecret, subject } from "../support/subjects";

describeRule(repositoryTlsVerified, {
  passing: {
    checked: argocdSecret("repository", { url: "https://git.example", insecure: "false" }),
    "a cluster with its authority": argocdSecret("cluster", {
      config: JSON.stringify({ tlsClientConfig: { insecure: false, caData: "Q0E=" } }),
    }),
  },
  failing: {
    TLS: {
      given: argocdSecret("repo-creds", { insecure: "true" }),
      finds: { path: "stringData.insecure", value: "insecure: true" },
    },
    "a host key": {
      given: argocdSecret("repository", { insecureIgnoreHostKey: "true" }),
      finds: "stringData.insecureIgnoreHostKey",
    },
    "a cluster": {
      given: argocdSecret("cluster", {
        config: JSON.stringify({ bearerToken: "secret", tlsClientConfig: { insecure: true } }),
      }),
      finds: { path: "stringData.config", value: "tlsClientConfig.insecure: true" },
    },
  },
  notApplicable: { "a Secret that Argo CD does not read": subject(SECRET, { stringData: { insecure: "true" } }) },
  mutation: {
    resource: "ministere-demarches-dev-6293-repository-368a1d3b",
    change: ["data", { insecure: "dHJ1ZQ==" }],
    finds: "data.insecure",
  },
});
