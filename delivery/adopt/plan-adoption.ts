import { existsSync } from "node:fs";
import { join } from "node:path";
import { readCatalogue } from "../../model/catalogue";
import { sameRepositoryKey } from "../../model/git-url";
import { UserError } from "../../model/problem";
import type { Problem } from "../../model/problem";
import { adopt } from "./adoption";
import type { Adoption } from "./adoption";
import { planFiles } from "./catalogue-files";
import type { PlannedFile } from "./catalogue-files";
import { titleOf } from "./found-object";
import type { FoundObject } from "./found-object";
import type { Identity } from "./identity";
import { isOurs } from "./namespace";
import type { Note } from "./note";
import type { ReadObjects } from "./read-files";
import { sortApplications } from "./sort-applications";
import type { Sorted } from "./sort-applications";
import type { StackSettings } from "./stack-settings";
import { stepsOf } from "./steps";
import type { Step } from "./steps";
import { importCall, takeOverCall } from "./usage";
import type { AdoptFlags } from "./usage";

export interface PlanContext {
  readonly root: string;
  readonly stack: StackSettings;
  readonly mapping: Readonly<Record<string, Partial<Identity>>>;
  readonly rewrite: (url: string) => string;
  readonly flags: AdoptFlags;
  readonly files: readonly string[];
}

export interface AdoptionPlan {
  readonly adoption: Adoption;
  readonly files: readonly PlannedFile[];
  readonly notes: readonly Note[];
  readonly steps: readonly Step[];
  readonly warnings: readonly Problem[];
  /** Further clusters that could not be looked at, and why. */
  readonly unread: Readonly<Record<string, Problem>>;
}

/**
 * What comes of adopting these objects: files, notes and steps.
 * @throws UserError when it is not known where an Application belongs, or the catalogue refuses what was adopted
 */
export function planAdoption(
  { objects, notes, warnings, unread = {} }: ReadObjects,
  context: PlanContext,
): AdoptionPlan {
  const { root, stack, flags, files } = context;
  const folder = stack.config.catalog ?? "catalog";
  const entries = existsSync(join(root, folder)) ? readCatalogue(root, folder).entries : [];
  const sorted = sortApplications(objects, {
    mapping: context.mapping,
    organisation: flags.organisation,
    environment: stack.environment,
    environments: stack.environments,
    argocdNamespace: flags.namespace,
    clusters: stack.config.clusters ?? {},
  });
  refuseUnknown(sorted, context.mapping, objects);
  const credentials = new Map(
    entries.flatMap(({ project }) =>
      (project?.repositories ?? []).flatMap(({ url, credentials: name }) =>
        url === undefined || name === undefined ? [] : [[sameRepositoryKey(url), name] as const],
      ),
    ),
  );
  const adoption = adopt(sorted.candidates, objects, {
    stack: stack.config,
    argocdNamespace: flags.namespace,
    rewrite: context.rewrite,
    unread,
    knownCredentials: (url) => credentials.get(sameRepositoryKey(url)),
  });
  const planned = planFiles(adoption.projects, { root, folder, stack: stack.config, entries });
  return {
    adoption,
    files: planned,
    notes: [...notes, ...sorted.refused.flatMap(({ all }) => all), ...adoption.notes],
    steps: stepsOf(withoutOwnSecrets(adoption, planned), sorted, objects, {
      stack: stack.stack,
      argocdNamespace: flags.namespace,
      secrets: Object.keys(stack.config.secrets ?? {}),
      clusters: stack.config.clusters ?? {},
      takeOver: takeOverCall(files, flags),
      imports: importCall(flags),
    }),
    warnings,
    unread,
  };
}

/** The Secrets that the factory itself has made of a catalogue that says the same hold nothing new. */
function withoutOwnSecrets(adoption: Adoption, files: readonly PlannedFile[]): Adoption {
  if (files.some(({ state }) => state !== "unchanged")) return adoption;
  return { ...adoption, credentials: adoption.credentials.filter(({ secret }) => !isOurs(secret.metadata.labels)) };
}

const CURES: Readonly<Record<string, string>> = {
  organisation: "--organisation NAME",
  environment: "--environment NAME, or --stack NAME",
};

function refuseUnknown({ unknown }: Sorted, mapping: PlanContext["mapping"], objects: readonly FoundObject[]): void {
  const names = new Set(objects.map(({ metadata }) => metadata.name));
  const strangers = Object.keys(mapping).filter((name) => !names.has(name));
  const problems = [
    ...unknown.map(({ application, missing }): Problem => {
      const words = missing.flatMap((key) => CURES[key] ?? []);
      const map = `name it in a file for --map: applications: { ${application.metadata.name}: { ${missing.map((key) => `${key}: …`).join(", ")} } }`;
      return {
        severity: "error",
        file: application.origin,
        path: titleOf(application),
        message: `it is not known where it belongs: neither labels nor names nor the URL tell its ${missing.join(" and ")}`,
        fix: words.length > 0 ? `add ${words.join(" and ")}, or ${map}` : map,
      };
    }),
    ...strangers.map((name): Problem => ({
      severity: "error",
      file: "--map",
      path: `applications.${name}`,
      message: "there is no Application of this name",
      value: name,
      fix: "correct the name, or remove the line",
    })),
  ];
  if (problems.length > 0) throw new UserError(problems);
}
