import type { PlacedProject } from "./hosted-repositories";
import { objectNames } from "./object-names";
import type { SyncWindow } from "./project";
import type { Path, Report } from "./report";
import type { ProjectWindows } from "./schema/sync-windows";
import { suggestionOr } from "./suggest";

/** Windows and the place in the project's file where they stand; the stack's stand elsewhere and name no repository. */
export interface WindowLevel {
  readonly windows: ProjectWindows | undefined;
  readonly path: Path;
}

/** The windows of all levels, one after another: in Argo CD they add up, and an open `deny` counts before any `allow`. */
export function resolveWindows(
  levels: readonly WindowLevel[],
  project: PlacedProject,
  environment: string,
  report: Report,
): SyncWindow[] {
  const known = project.repositories.map(({ name }) => name);
  const windows = levels.flatMap(({ windows: own, path }) =>
    (own ?? []).map(({ kind, schedule, duration, timeZone, manualSync, description, applications }, index) => {
      (applications ?? []).forEach((name, place) => {
        if (known.includes(name)) return;
        report.error([...path, "syncWindows", index, "applications", place], {
          message: "the project has no repository of this name",
          value: name,
          allowed: known.join(", "),
          fix: suggestionOr(name, known, "name one of them, or leave applications out to mean all"),
        });
      });
      return {
        kind,
        schedule,
        duration,
        ...(timeZone !== undefined && { timeZone }),
        manualSync: manualSync ?? false,
        ...(description !== undefined && { description }),
        applications: applications?.map(objectNames(project, environment).application) ?? ["*"],
      };
    }),
  );
  // Argo CD's API refuses an AppProject that has one window twice.
  const keys = windows.map((window) => JSON.stringify({ ...window, manualSync: false, description: "" }));
  return windows.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}
