import { z } from "zod";
import { applicationOf, APPLICATIONS } from "../application-specs";
import { listAt } from "../read";
import { resourceRule } from "../rule";

/** Sync options that take a guard away, with what happens then; the last one only matters where people rely on it. */
const WEAKENING: Readonly<Record<string, { fact: string; onlyInProduction?: true }>> = {
  "Force=true": { fact: "objects are deleted and made anew where they cannot be changed" },
  "Replace=true": { fact: "objects are replaced whole, with what others have written into them" },
  "Validate=false": { fact: "manifests that do not fit their schema are applied", onlyInProduction: true },
};

export const applicationSyncOptions = resourceRule({
  name: "application-sync-options",
  level: "mandatory",
  description:
    "No Application as a whole is synchronised by Force or Replace, and in production none without Validate.",
  reason:
    "Force and Replace restart workloads and lose what controllers have written; without validation, a misspelt field " +
    "is dropped without a word. A single object may have such an option, by annotation.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/",
  settings: z.strictObject({
    allowed: z
      .array(z.enum(Object.keys(WEAKENING)))
      .default([])
      .describe("Options that are meant: `Replace=true`."),
  }),
  types: APPLICATIONS,
  check: (subject, { isProduction, settings: { allowed } }) => {
    const { path, body } = applicationOf(subject);
    return listAt(body, "spec", "syncPolicy", "syncOptions").flatMap((option, index) => {
      const found = typeof option === "string" && !allowed.includes(option) ? WEAKENING[option] : undefined;
      if (found === undefined || (found.onlyInProduction === true && !isProduction)) return [];
      return [
        {
          path: `${path}spec.syncPolicy.syncOptions[${String(index)}]`,
          fact: found.fact,
          value: String(option),
          fix: "take the option out, and annotate the objects that need it with argocd.argoproj.io/sync-options",
        },
      ];
    });
  },
});
