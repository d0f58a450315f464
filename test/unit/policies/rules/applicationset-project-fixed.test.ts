import { APPLICATION_SET } from "../../../../policies/kinds";
import { applicationSetProjectFixed } from "../../../../policies/rules/applicationset-project-fixed";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet } from "../support/subjects";

const ofProject = (project: unknown, more: object = {}) => applicationSet({ template: { spec: { project } }, ...more });

describeRule(applicationSetProjectFixed, {
  passing: {
    "one AppProject, by name": ofProject("shop"),
    "a patch of something else": ofProject("shop", { templatePatch: "spec:\n  source:\n    path: {{ .path }}\n" }),
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
      given: [ofProject("default"), applicationSet({ template: { spec: {} } })],
      finds: ["spec.template.spec.project", "spec.template.spec.project"],
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
  },
  notApplicable: { "an Application": application({ project: "default" }) },
  mutation: {
    resource: "acme-shop-dev-6293-application-deploy",
    subject: { type: APPLICATION_SET, inputs: { spec: { template: { spec: { project: "{{ .team }}" } } } } },
    finds: "spec.template.spec.project",
  },
});
