import { APP_PROJECT } from "../kinds";
import { at, listAt } from "../read";
import { resourceRule } from "../rule";

export const appProjectOrphansWatched = resourceRule({
  name: "appproject-orphans-watched",
  level: "advisory",
  description: "An AppProject that may deploy warns of what no Git repository has.",
  reason: "What somebody made by hand in a namespace is otherwise seen by nobody, and lost with the next cluster.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/orphaned-resources/",
  types: [APP_PROJECT],
  check: ({ inputs }) => {
    if (listAt(inputs, "spec", "destinations").length === 0) return [];
    const warn = at(inputs, "spec", "orphanedResources", "warn");
    if (warn === true) return [];
    return [
      {
        path: "spec.orphanedResources.warn",
        fact: "nobody is told of resources that no Git repository has",
        ...(warn !== undefined && { value: String(warn) }),
        fix: "set orphanedResources: {warn: true}",
      },
    ];
  },
});
