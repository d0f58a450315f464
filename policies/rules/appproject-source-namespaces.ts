import { z } from "zod";
import { APP_PROJECTS } from "../kinds";
import { listAt, nameOf } from "../read";
import { resourceRule } from "../rule";
import { hasWildcard, isNegated } from "../wildcards";

export const appProjectSourceNamespaces = resourceRule({
  name: "appproject-source-namespaces",
  level: "mandatory",
  description: "An AppProject names the namespaces whose Applications may choose it.",
  reason:
    "Whoever may write an Application in a namespace that the pattern covers deploys with the AppProject's rights.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/app-any-namespace/",
  settings: z.strictObject({
    allowed: z.array(z.string()).default([]).describe("Patterns that are meant, letter by letter."),
    except: z.array(z.string()).default([]).describe("AppProjects of the platform team, which may."),
  }),
  types: APP_PROJECTS,
  check: ({ inputs }, { settings: { allowed, except } }) =>
    listAt(inputs, "spec", "sourceNamespaces").flatMap((pattern, index) => {
      if (typeof pattern !== "string" || allowed.includes(pattern) || except.includes(nameOf(inputs) ?? "")) return [];
      // A namespace's name has no slash: what stands between two is an expression.
      const isPattern = hasWildcard(pattern) || isNegated(pattern) || pattern.startsWith("/");
      if (!isPattern) return [];
      return [
        {
          path: `spec.sourceNamespaces[${String(index)}]`,
          fact: "Applications in any namespace that fits may choose the AppProject",
          value: pattern,
          fix: "name the namespaces; in the catalogue, ownApplications opens the project's own",
        },
      ];
    }),
});
