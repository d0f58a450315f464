import { z } from "zod";
import { APPLICATION_PARTS, applicationsOf } from "../application-specs";
import { listAt, nameOf } from "../read";
import { resourceRule } from "../rule";
import type { Subject } from "../rule";

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
      .describe("Options that are meant, for every Application: `Replace=true`."),
    except: z.array(z.string()).default([]).describe("Applications that may have such options."),
  }),
  types: APPLICATION_PARTS,
  check: (subject, { isProduction, settings: { allowed, except } }) =>
    optionsOf(subject).flatMap(({ path, option }) => {
      const found = WEAKENING[option];
      const isMeant = allowed.includes(option) || except.includes(nameOf(subject.inputs) ?? "");
      if (found === undefined || isMeant || (found.onlyInProduction === true && !isProduction)) return [];
      return [
        {
          path,
          fact: found.fact,
          value: option,
          fix: "take the option out, and annotate the objects that need it with argocd.argoproj.io/sync-options",
        },
      ];
    }),
});

/** The options of the Application, and of a synchronisation that stands in it. */
function optionsOf(subject: Subject): { readonly path: string; readonly option: string }[] {
  return applicationsOf(subject).flatMap(({ path, body }) =>
    [
      ["spec", "syncPolicy", "syncOptions"],
      ["operation", "sync", "syncOptions"],
    ].flatMap((place) =>
      listAt(body, ...place).map((option, index) => ({
        path: `${path}${place.join(".")}[${String(index)}]`,
        option: String(option),
      })),
    ),
  );
}
