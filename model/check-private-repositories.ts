import type { NamedProject } from "./check-names";
import { sameRepositoryKey } from "./git-url";
import type { Path } from "./report";

/**
 * Checks that no project reads what only another one has credentials for. An AppProject's list of repositories is what
 * keeps them apart: Argo CD reads a Secret for its own project alone, but it keeps what it has read by the repository's
 * URL, for whoever may name that.
 */
export function checkPrivateRepositories(projects: readonly NamedProject[]): void {
  const owners = new Map<string, Set<string>>();
  for (const { project, report } of projects) {
    for (const { url, credentials, hosted } of project.repositories) {
      if (credentials === undefined && !hosted) continue;
      const key = sameRepositoryKey(url);
      owners.set(key, (owners.get(key) ?? new Set<string>()).add(report.file));
    }
  }
  for (const { project, report } of projects) {
    project.repositories.forEach(({ url, sources = [] }, index) => {
      const path = ["repositories", index];
      const named: readonly (readonly [string, Path])[] = [
        [url, [...path, "url"]],
        ...sources.map((source, position) => [source.url, [...path, "sources", position, "url"]] as const),
      ];
      for (const [value, place] of named) {
        const files = owners.get(sameRepositoryKey(value));
        if (files === undefined || files.has(report.file)) continue;
        report.error(place, {
          message: `the repository is private: ${[...files].join(", ")} opens it by credentials, and this file has none for it`,
          value,
          fix: "name credentials for it in this file too, if the project may read it, or take it out",
        });
      }
    });
  }
}
