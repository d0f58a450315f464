import { APPLICATION_PATCH } from "../../../../policies/kinds";
import { applicationDifferencesNarrow } from "../../../../policies/rules/application-differences-narrow";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet, argocdSettings, subject } from "../support/subjects";

const ignoring = (entry: object) =>
  application({ ignoreDifferences: [{ group: "apps", kind: "Deployment", ...entry }] });

describeRule(applicationDifferencesNarrow, {
  passing: {
    "single fields": ignoring({
      jsonPointers: ["/spec/replicas", "/data/token"],
      jqPathExpressions: [".spec.replicas"],
    }),
    "what jq picks": ignoring({ jqPathExpressions: ['.spec.template.spec.containers[] | select(.name == "x").image'] }),
    "a container that jq picks": ignoring({
      jqPathExpressions: ['.spec.template.spec.containers[] | select(.name == "x")', ".webhooks[]?.clientConfig"],
    }),
    "what a controller writes": ignoring({ managedFieldsManagers: ["kube-controller-manager", "kubectlish"] }),
    "a manager that the stack names": {
      given: ignoring({ managedFieldsManagers: ["kubectl-rollout"] }),
      settings: { managers: ["kubectl-rollout"] },
    },
    "settings of Argo CD for single fields": argocdSettings({
      "resource.customizations.ignoreDifferences.apps_Deployment": "jsonPointers: [/spec/replicas]",
      "resource.customizations.health.apps_Deployment": "jsonPointers: [/spec]",
      "resource.customizations": "apps/Deployment: { health.lua: x }",
    }),
    "an Application that the stack names": {
      given: ignoring({ jsonPointers: ["/spec"] }),
      settings: { except: ["shop-deploy"] },
    },
    nothing: application({}),
  },
  failing: {
    "the spec, and the object": {
      given: ignoring({ jsonPointers: ["/spec", "", "/", "/spec/template", "/spec/template/spec"] }),
      finds: [0, 1, 2, 3, 4].map((index) => ({
        path: `spec.ignoreDifferences[0].jsonPointers[${String(index)}]`,
        fact: "differences in a whole Deployment do not count",
        value: ["/spec", '""', "/", "/spec/template", "/spec/template/spec"][index] ?? "",
      })),
    },
    "all containers": {
      given: ignoring({
        jsonPointers: ["/spec/template/spec/containers"],
        jqPathExpressions: [".spec.template.spec.containers[]"],
      }),
      finds: ["spec.ignoreDifferences[0].jsonPointers[0]", "spec.ignoreDifferences[0].jqPathExpressions[0]"],
    },
    "what people change by hand, and what Argo CD applies": {
      given: ignoring({ managedFieldsManagers: ["kubectl", "kubectl-edit", "argocd-controller"] }),
      finds: [
        { path: "spec.ignoreDifferences[0].managedFieldsManagers[0]", value: "kubectl" },
        "spec.ignoreDifferences[0].managedFieldsManagers[1]",
        "spec.ignoreDifferences[0].managedFieldsManagers[2]",
      ],
    },
    "a kind that is not named": {
      given: application({ ignoreDifferences: [{ jsonPointers: ["/spec"] }] }),
      finds: {
        path: "spec.ignoreDifferences[0].jsonPointers[0]",
        fact: "differences in a whole object do not count",
      },
    },
    "the same in jq": {
      given: ignoring({
        jqPathExpressions: [
          ".spec",
          ".",
          "..",
          ' .["spec"] ',
          ".spec[]?",
          ".spec.template",
          '."spec"."template"',
          '.spec["template"]',
          ".spec | .template",
          ".spec | select(.replicas > 1)",
          "(.spec, .data)",
          ".data, .spec",
          ".nothing // .spec",
        ],
      }),
      finds: Array.from({ length: 13 }, (_, index) => `spec.ignoreDifferences[0].jqPathExpressions[${String(index)}]`),
    },
    "the Applications of an ApplicationSet": {
      given: applicationSet({
        template: { spec: { ignoreDifferences: [{ kind: "Secret", jsonPointers: ["/spec"] }] } },
      }),
      finds: "spec.template.spec.ignoreDifferences[0].jsonPointers[0]",
    },
    "an ApplicationSet's patch, and a generator's template": {
      given: applicationSet({
        generators: [{ list: { template: { spec: { ignoreDifferences: [{ jsonPointers: ["/spec"] }] } } } }],
        templatePatch: [
          "spec:",
          "  {{- if .lax }}",
          "  ignoreDifferences:",
          "    - { kind: Deployment, name: {{ .name }}, jsonPointers: [/spec] }",
          "  {{- end }}",
        ].join("\n"),
      }),
      finds: [
        "spec.generators[0].list.template.spec.ignoreDifferences[0].jsonPointers[0]",
        "spec.templatePatch.spec.ignoreDifferences[0].jsonPointers[0]",
      ],
    },
    "settings of Argo CD": {
      given: argocdSettings({
        "resource.customizations.ignoreDifferences.all": "jsonPointers: [/spec]",
        "resource.customizations.ignoreDifferences.apps_Deployment": "jqPathExpressions: [.spec]",
        "resource.customizations": "apps/Deployment:\n  ignoreDifferences: |\n    jsonPointers: [/spec]\n",
      }),
      finds: [
        {
          path: 'data["resource.customizations.ignoreDifferences.all"].jsonPointers[0]',
          fact: "differences in a whole object do not count",
        },
        {
          path: 'data["resource.customizations.ignoreDifferences.apps_Deployment"].jqPathExpressions[0]',
          fact: "differences in a whole Deployment do not count",
        },
        {
          path: 'data["resource.customizations"]["apps/Deployment"].ignoreDifferences.jsonPointers[0]',
          fact: "differences in a whole Deployment do not count",
        },
      ],
    },
    "old settings of Argo CD, as a map": {
      given: argocdSettings({ "resource.customizations": "Secret: { ignoreDifferences: { jsonPointers: [/] } }" }),
      finds: {
        path: 'data["resource.customizations"]["Secret"].ignoreDifferences.jsonPointers[0]',
        fact: "differences in a whole Secret do not count",
      },
    },
    "an Application's fields that are applied over others": {
      given: subject(APPLICATION_PATCH, { spec: { ignoreDifferences: [{ jsonPointers: ["/spec"] }] } }),
      finds: "spec.ignoreDifferences[0].jsonPointers[0]",
    },
  },
  notApplicable: {
    "a ConfigMap that is not Argo CD's": argocdSettings(
      { "resource.customizations.ignoreDifferences.all": "jsonPointers: [/spec]" },
      "shop",
    ),
    "settings that are none": argocdSettings({ "resource.customizations": "nothing" }),
  },
  mutation: {
    resource: "acme-shop-dev-6293-application-deploy",
    change: ["spec.ignoreDifferences", [{ group: "apps", kind: "Deployment", jsonPointers: ["/spec"] }]],
    finds: "spec.ignoreDifferences[0].jsonPointers[0]",
  },
});
