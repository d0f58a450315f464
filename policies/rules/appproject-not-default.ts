import { APP_PROJECTS } from "../kinds";
import { nameOf } from "../read";
import { resourceRule } from "../rule";

export const appProjectNotDefault = resourceRule({
  name: "appproject-not-default",
  level: "mandatory",
  description: 'No team deploys by the AppProject "default".',
  reason:
    "It allows every repository, every cluster and every kind, and whoever may make an Application may choose it: " +
    "what it allows is allowed to all.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#the-default-project",
  types: APP_PROJECTS,
  check: ({ inputs }) => {
    if (nameOf(inputs) !== "default") return [];
    const open = ["sourceRepos", "destinations", "clusterResourceWhitelist"].filter((key) => isFilled(inputs, key));
    return open.map((key) => ({
      path: `spec.${key}`,
      fact: 'the AppProject "default" is open',
      value: `${key} has entries`,
      fix: "leave its lists empty, and make a project in the catalogue",
    }));
  },
});

function isFilled(inputs: Readonly<Record<string, unknown>>, key: string): boolean {
  const value = (inputs["spec"] as Record<string, unknown> | undefined)?.[key];
  return Array.isArray(value) && value.length > 0;
}
