import { z } from "zod";
import { APP_PROJECT } from "../kinds";
import { listAt, textAt } from "../read";
import { resourceRule } from "../rule";
import { hasWildcard, isNegated } from "../wildcards";

/** The keys of a destination, with what a pattern there stands for. */
const KEYS = { server: "cluster", name: "cluster", namespace: "namespace" } as const;

export const appProjectDestinations = resourceRule({
  name: "appproject-destinations",
  level: "mandatory",
  description: "An AppProject names its clusters and namespaces: no pattern stands for several.",
  reason: "A pattern also covers what comes later: the namespace of a tenant that does not exist yet.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#managing-projects",
  settings: z.strictObject({
    allowed: z
      .array(z.string())
      .default([])
      .describe("Patterns of clusters and namespaces that are meant, letter by letter."),
  }),
  types: [APP_PROJECT],
  check: ({ inputs }, { settings: { allowed } }) =>
    listAt(inputs, "spec", "destinations").flatMap((destination, index) =>
      Object.entries(KEYS).flatMap(([key, noun]) => {
        const pattern = textAt(destination, key) ?? "";
        if (allowed.includes(pattern) || !(hasWildcard(pattern) || isNegated(pattern))) return [];
        return [
          {
            path: `spec.destinations[${String(index)}].${key}`,
            fact: `the AppProject may deploy to ${pattern === "*" ? `every ${noun}` : `every ${noun} that fits`}`,
            value: pattern,
            fix: `name the ${noun}`,
          },
        ];
      }),
    ),
});
