import { plural } from "../../model/plural";
import { formatTable } from "../table";
import type { Adoption, KeptObject } from "./adoption";
import type { PlannedFile } from "./catalogue-files";
import { titleOf } from "./found-object";
import type { Note } from "./note";
import type { Step } from "./steps";

/** What a run of `factory adopt` has to say. */
export interface AdoptReport {
  readonly adoption: Adoption;
  readonly files: readonly PlannedFile[];
  readonly written: readonly string[];
  readonly notes: readonly Note[];
  readonly steps: readonly Step[];
}

const TITLES: Readonly<Record<Note["weight"], string>> = {
  refused: "Not adopted, and left as it is:",
  changed: "What the first update changes, or the catalogue cannot say:",
  advice: "Adopted as it is; better otherwise:",
};

/** The report as people read it. */
export function textReport({ adoption, files, written, notes, steps }: AdoptReport): string {
  const rows = adoption.applications.map(
    ({ application, organisation, project, environment, repository, namespace }) => [
      application.metadata.name,
      `${organisation}/${project}`,
      environment,
      repository,
      namespace,
    ],
  );
  const table =
    rows.length === 0
      ? ["There is no Application to adopt."]
      : formatTable(["APPLICATION", "PROJECT", "ENVIRONMENT", "REPOSITORY", "NAMESPACE"], rows);
  const state = files.map(({ file, state: was }) => `  ${written.includes(file) ? "written" : stateOf(was)}  ${file}`);
  const sections = [
    table,
    ...(files.length > 0 ? [["Files:", ...state]] : []),
    ...(["refused", "changed", "advice"] as const).map((weight) => notesOf(weight, notes)),
    ...(adoption.applications.length > 0 ? [stepLines(steps)] : []),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function stateOf(state: PlannedFile["state"]): string {
  switch (state) {
    case "new":
    case "extended":
      return "not written";
    case "unchanged":
      return "says the same";
    case "different":
    case "unknown":
      return "says otherwise";
  }
}

function notesOf(weight: Note["weight"], notes: readonly Note[]): string[] {
  const own = notes.filter((note) => note.weight === weight);
  if (own.length === 0) return [];
  return [
    TITLES[weight],
    ...own.flatMap(({ object, origin, path, value, reason, effect }) => [
      `  ${object}${origin === "" || origin === "the cluster" ? "" : ` (${origin})`}${path === "" ? "" : `: ${path}`}`,
      ...(value === undefined ? [] : [`    found: ${value}`]),
      `    ${reason}; ${effect}`,
    ]),
  ];
}

/** What is left to do, in its order. */
export function stepLines(steps: readonly Step[]): string[] {
  return [
    "Steps:",
    ...steps.flatMap(({ what, commands }, index) => [
      `  ${String(index + 1)}. ${what}`,
      ...commands.map((command) => `       ${command}`),
    ]),
  ];
}

/** The report as other programs read it. */
export function jsonReport({ adoption, files, written, notes, steps }: AdoptReport): object {
  return {
    applications: adoption.applications.map(({ application, ...place }) => ({
      application: application.metadata.name,
      origin: application.origin,
      ...place,
    })),
    files: files.map(({ file, text, state, differences }) => ({
      file,
      state,
      written: written.includes(file),
      differences,
      text,
    })),
    notes,
    kept: adoption.kept,
    secrets: adoption.credentials.map(({ name, form, secret }) => ({ name, form, from: titleOf(secret) })),
    steps,
  };
}

/** What taking over did. */
export function takeOverReport(changed: readonly KeptObject[], all: readonly KeptObject[]): string {
  const lines = changed.map(
    ({ kind, name, namespace, cluster }) =>
      `  ${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}${cluster === undefined ? "" : ` on ${cluster}`}`,
  );
  const head = `${plural(changed.length, "object")} of ${String(all.length)} had other owners of its fields, and no value has changed${lines.length > 0 ? ":" : "."}`;
  return `${[head, ...lines].join("\n")}\n`;
}
