import { APPLICATION_SET, APPLICATION_SET_PATCH } from "../../../../policies/kinds";
import { applicationSetProjectFixed } from "../../../../policies/rules/applicationset-project-fixed";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet, subject } from "../support/subjects";

const ofProject = (project: unknown, more: object = {}) => applicationSet({ template: { spec: { project } }, ...more });

describeRule(applicationSetProjectFixed, {
  passing: {
    "one that the stack names": { given: ofProject("{{ .team }}"), settings: { except: ["shops"] } },
    "one AppProject, by name": ofProject("shop"),
    "a patch of something else": ofProject("shop", { templatePatch: "spec:\n  source:\n    path: {{ .path }}\n" }),
    "a patch that has the word elsewhere": ofProject("shop", {
      templatePatch: [
        "metadata:",
        "  labels:",
        "    project: {{ .team }}",
        "spec:",
        "  source: { helm: { valuesObject: { sub-project: {{ .x }} } } }",
      ].join("\n"),
    }),
    "a patch in which expressions make a chart's values": ofProject("shop", {
      templatePatch: [
        "spec:",
        "  source:",
        "    helm:",
        "      valuesObject:",
        "{{ toYaml .values | indent 8 }}",
        "        {{- toYaml .more | nindent 8 }}",
      ].join("\n"),
    }),
    "a patch with conditions": ofProject("shop", {
      templatePatch: "{{- if .auto }}\nspec:\n  {{- range .files }}\n  source: {}\n  {{- end }}\n{{- end }}\n",
    }),
    "a patch that begins with what makes no field": {
      given: ["{{if .a}}", "{{- range .b }}", "{{ with .c }}", "{{ $path := .path }}", "{{/* a note */}}"].map(
        (first) => ofProject("shop", { templatePatch: `spec:\n${first}\n  source: {}\n` }),
      ),
    },
    "a generator's template without one": ofProject("shop", {
      generators: [{ list: { template: { spec: { project: "" } } } }],
    }),
    "fields applied over others, which leave it": subject(APPLICATION_SET_PATCH, { spec: {} }),
    "a generator with a template that leaves the project": ofProject("shop", {
      generators: [{ git: { template: { spec: { source: {} } } } }],
    }),
  },
  failing: {
    "an expression": {
      given: ofProject("{{ .path.basename }}"),
      finds: { path: "spec.template.spec.project", value: "{{ .path.basename }}" },
    },
    "default, and none": {
      given: [ofProject("default"), applicationSet({ template: { spec: {} } }), ofProject("")],
      finds: [
        { path: "spec.template.spec.project", value: "default" },
        { path: "spec.template.spec.project", value: "none, which is default" },
        { path: "spec.template.spec.project", value: "none, which is default" },
      ],
    },
    "a generator's own template, within a matrix": {
      given: ofProject("shop", {
        generators: [{ matrix: { generators: [{ git: { template: { spec: { project: "{{ .team }}" } } } }] } }],
      }),
      finds: "spec.generators[0].matrix.generators[0].git.template.spec.project",
    },
    "a patch": {
      given: ofProject("shop", { templatePatch: "spec:\n  project: {{ .team }}\n" }),
      finds: { path: "spec.templatePatch", value: "project: {{ .team }}" },
    },
    "a patch in one line": {
      given: ofProject("shop", { templatePatch: '{"spec":{"project":"bank","source":{"password":"x"}}}' }),
      finds: { path: "spec.templatePatch", value: '"project":"bank"' },
    },
    "a patch that names it without a value": {
      given: ofProject("shop", { templatePatch: "spec: { project: }" }),
      finds: { path: "spec.templatePatch", value: "project:" },
    },
    "a patch that is no YAML": {
      given: ofProject("shop", { templatePatch: "spec: [\n  project: bank" }),
      finds: { path: "spec.templatePatch", value: "project: bank" },
    },
    "a patch whose fields an expression makes": {
      given: [
        "{{ toYaml .patch }}",
        "spec:\n  {{- toYaml .spec | nindent 2 }}",
        "spec:\n  source: {}\n{{ toYaml .spec | indent 2 }}\n",
        'spec:\n  {{ "project" }}: {{ .team }}\n',
      ].map((templatePatch) => ofProject("shop", { templatePatch })),
      finds: [
        "spec.templatePatch",
        "spec.templatePatch",
        {
          path: "spec.templatePatch",
          fact: "an expression makes the patch's fields, which may choose the AppProject",
        },
        "spec.templatePatch",
      ],
    },
    "fields applied over others": {
      given: subject(APPLICATION_SET_PATCH, { spec: { template: { spec: { project: "{{ .team }}" } } } }),
      finds: "spec.template.spec.project",
    },
  },
  notApplicable: { "an Application": application({ project: "default" }) },
  mutation: {
    resource: "acme-shop-dev-6293-application-deploy",
    subject: { type: APPLICATION_SET, inputs: { spec: { template: { spec: { project: "{{ .team }}" } } } } },
    finds: "spec.template.spec.project",
  },
});
