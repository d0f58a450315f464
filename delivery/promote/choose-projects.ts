import type { Platform } from "../../model/platform";
import type { Project } from "../../model/project";
import { UserError } from "../../model/problem";
import { suggestionOr } from "../../model/suggest";

/** `acme/shop` */
export function slugOf({ organisation, name }: Pick<Project, "organisation" | "name">): string {
  return `${organisation}/${name}`;
}

/** The projects of two environments, each once. */
export function projectsOfEither(...platforms: readonly [Platform, Platform]): readonly Project[] {
  const all = platforms.flatMap(({ projects }) => projects);
  return [...new Map(all.map((project) => [slugOf(project), project])).values()];
}

/**
 * The projects that are meant by `shop` or `acme/shop`; all of them where none is named.
 *
 * @param where what has them, for messages: `staging`, or `dev or prod`
 * @throws UserError with all names that mean none, or several
 */
export function chooseProjects<P extends Pick<Project, "organisation" | "name">>(
  names: readonly string[],
  all: readonly P[],
  { command, where }: { readonly command: string; readonly where: string },
): readonly P[] {
  if (names.length === 0) return all;
  const chosen = new Set<P>();
  const problems = names.flatMap((name) => {
    const found = all.filter((one) => slugOf(one) === name || one.name === name);
    for (const one of found) chosen.add(one);
    if (found.length === 1) return [];
    const slugs = (found.length > 1 ? found : all).map(slugOf);
    const near = name.includes("/") ? slugs : all.map((one) => one.name);
    return [
      {
        severity: "error",
        file: command,
        path: "project",
        value: name,
        message: found.length > 1 ? "several projects have this name" : `there is no such project in ${where}`,
        allowed: slugs.length === 0 ? `none: there is no project in ${where}` : slugs.join(", "),
        fix: found.length > 1 ? "name its organisation too" : suggestionOr(name, near, "name one of these"),
      } as const,
    ];
  });
  if (problems.length > 0) throw new UserError(problems);
  return [...chosen];
}
