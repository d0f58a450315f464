import { APP_PROJECT, APPLICATION_PATCH } from "../../../../policies/kinds";
import { applicationNoCredentials } from "../../../../policies/rules/application-no-credentials";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet, subject } from "../support/subjects";

describeRule(applicationNoCredentials, {
  passing: {
    "a name of a Secret": application({
      source: {
        helm: {
          parameters: [
            { name: "auth.existingSecret", value: "shop-db" },
            { name: "auth.passwordSecretName", value: "shop-db" },
            { name: "token", value: "$ARGOCD_ENV_TOKEN" },
            { name: "generate.password", value: "true" },
          ],
        },
      },
    }),
    "values without any": application({
      source: {
        helm: { values: "replicas: 2\nauth:\n  existingSecret: shop-db", valuesObject: { image: { tag: "1.4.0" } } },
      },
    }),
  },
  failing: {
    "a parameter": {
      given: application({
        source: {
          helm: {
            parameters: [
              { name: "replicas", value: "2" },
              { name: "auth.rootPassword", value: "correct-horse" },
            ],
          },
        },
      }),
      finds: "spec.source.helm.parameters[1].value",
    },
    "values as text": {
      given: application({ sources: [{}, { helm: { values: "db:\n  password: correct-horse" } }] }),
      finds: "spec.sources[1].helm.values",
    },
    "values as an object": {
      given: application({
        source: { helm: { valuesObject: { db: [{ url: "postgres://shop:correct-horse@db/shop" }] } } },
      }),
      finds: "spec.source.helm.valuesObject",
    },
    "a plugin's environment": {
      given: application({ source: { plugin: { env: [{ name: "API_TOKEN", value: "correct-horse" }] } } }),
      finds: "spec.source.plugin.env[0].value",
    },
    "a plugin's parameter, and a value file's address": {
      given: application({
        source: {
          plugin: {
            parameters: [
              { name: "token", string: "correct-horse" },
              { name: "x", array: ["y"] },
            ],
          },
          helm: { valueFiles: ["values.yaml", "https://bot:correct-horse@git.example/values.yaml"] },
          kustomize: {
            commonAnnotations: { "api-token": "correct-horse" },
            patches: [{ patch: "x: glpat-abcdefghijklmnopqrst" }],
          },
        },
      }),
      finds: [
        "spec.source.plugin.parameters[0].string",
        "spec.source.helm.valueFiles",
        "spec.source.kustomize.commonAnnotations",
        "spec.source.kustomize.patches",
      ],
    },
    "what a generator lists": {
      given: applicationSet({
        generators: [{ git: {} }, { list: { elements: [{ name: "eu", password: "correct-horse" }] } }],
      }),
      finds: { path: "spec.generators[1]", fact: "a password stands in clear in an Application" },
    },
    "fields applied over others": {
      given: subject(APPLICATION_PATCH, { spec: { source: { helm: { values: "password: correct-horse" } } } }),
      finds: "spec.source.helm.values",
    },
    "a key whatever it is called": {
      given: applicationSet({
        template: {
          spec: { source: { helm: { parameters: [{ name: "extra", value: "-----BEGIN OPENSSH PRIVATE KEY-----" }] } } },
        },
      }),
      finds: "spec.template.spec.source.helm.parameters[0].value",
    },
  },
  notApplicable: {
    "an AppProject": subject(APP_PROJECT, { spec: { source: { helm: { values: "password: correct-horse" } } } }),
  },
  mutation: {
    resource: "ministere-demarches-dev-6293-application-api",
    change: ["spec.source.helm.parameters[0]", { name: "db.password", value: "correct-horse" }],
    finds: "spec.source.helm.parameters[0].value",
  },
});
