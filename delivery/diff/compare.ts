import type { Platform } from "../../model/platform";
import type { Project } from "../../model/project";
import { slugOf } from "../promote/choose-projects";
import { platformSettings, projectSettings } from "./settings";
import { treeDifferences, type TreeDifference } from "./tree";

/** One place where two environments differ; it is empty where a project is in one of the two only. */
export interface Difference extends TreeDifference {
  /** `acme/shop`; absent for what is the platform's. */
  readonly project?: string;
}

export interface Comparison {
  readonly left: Platform;
  readonly right: Platform;
  /** The projects to look at, by `acme/shop`; the platform itself is then left out. Absent: all there is. */
  readonly only?: ReadonlySet<string>;
}

/** How two environments differ: the platform's settings first, then the projects by name. */
export function compare({ left, right, only }: Comparison): readonly Difference[] {
  const [ours, theirs] = [bySlug(left), bySlug(right)];
  const slugs = [...new Set([...ours.keys(), ...theirs.keys()])].sort().filter((slug) => only?.has(slug) ?? true);
  const platform = only === undefined ? treeDifferences(platformSettings(left), platformSettings(right)) : [];
  return [
    ...platform,
    ...slugs.flatMap((slug): readonly Difference[] => {
      const [one, other] = [ours.get(slug), theirs.get(slug)];
      if (one === undefined) return [{ project: slug, place: "", right: "is there" }];
      if (other === undefined) return [{ project: slug, place: "", left: "is there" }];
      return treeDifferences(projectSettings(one), projectSettings(other)).map((found) => ({
        project: slug,
        ...found,
      }));
    }),
  ];
}

function bySlug({ projects }: Platform): ReadonlyMap<string, Project> {
  return new Map(projects.map((project) => [slugOf(project), project]));
}
