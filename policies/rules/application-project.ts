import { APPLICATION, APPLICATION_PATCH } from "../kinds";
import { textAt } from "../read";
import { resourceRule } from "../rule";

export const applicationProject = resourceRule({
  name: "application-project",
  level: "mandatory",
  description: 'An Application is never of the AppProject "default".',
  reason:
    "What the AppProject default allows is allowed to every Application that names it, and Argo CD takes it for an " +
    "Application that names none.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#the-default-project",
  types: [APPLICATION, APPLICATION_PATCH],
  check: ({ type, inputs }) => {
    const project = textAt(inputs, "spec", "project");
    // A patch that names none leaves it as it is.
    const isNone = project === "" || (project === undefined && type === APPLICATION);
    if (!isNone && project !== "default") return [];
    return [
      {
        path: "spec.project",
        fact: "the Application has no AppProject of its own",
        value: isNone ? "none, which is default" : "default",
        fix: "declare it by a project of the catalogue, or name the AppProject of its tenant",
      },
    ];
  },
});
