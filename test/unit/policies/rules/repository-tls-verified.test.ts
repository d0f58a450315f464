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
    "TLS, in Argo CD's other words, on every kind of Secret": {
      given: [
        argocdSecret("repository", { insecure: "1" }),
        argocdSecret("repository-write", { insecure: "T" }),
        argocdSecret("repo-write-creds", { insecureOCIForceHttp: "True" }),
      ],
      finds: ["stringData.insecure", "stringData.insecure", "stringData.insecureOCIForceHttp"],
    },
    "a cluster, in words that Go reads": {
      given: [
        argocdSecret("cluster", { config: '{"tlsClientConfig":{"Insecure" : true}}' }),
        argocdSecret("cluster", { config: '{"tlsClientConfig":{"insec\\u0075re":true}}' }),
      ],
      finds: ["stringData.config", "stringData.config"],
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
  notApplicable: {
    "a Secret that Argo CD does not read": subject(SECRET, { stringData: { insecure: "true" } }),
    "keys that Argo CD does not read": [
      argocdSecret("repository", { enableLfs: "true", config: '{"insecure":true}' }),
      argocdSecret("cluster", { insecure: "true", name: '{"insecure":true}' }),
    ],
    "a cluster's config that is no JSON": argocdSecret("cluster", { config: '"insecure":true' }),
  },
  mutation: {
    resource: "ministere-demarches-dev-6293-repository-368a1d3b",
    change: ["data", { insecure: "dHJ1ZQ==" }],
    finds: "data.insecure",
  },
});
