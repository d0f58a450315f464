import { plural } from "../../model/plural";
import { sizeOf } from "./graph";
import type { FactoryGraph, GraphOrganisation } from "./graph";

/** `1 organisation, 3 projects, 4 Applications, 3 namespaces` */
export function sizeInWords(organisations: readonly GraphOrganisation[]): string {
  const { organisations: groups, projects, applications, namespaces } = sizeOf(organisations);
  return [
    plural(groups, "organisation"),
    plural(projects, "project"),
    plural(applications, "Application"),
    plural(namespaces, "namespace"),
  ].join(", ");
}

/** `The factory: dev, staging` */
export function titleOf({ stacks }: FactoryGraph): string {
  return `The factory: ${stacks.map(({ stack }) => stack).join(", ")}`;
}

/** What somebody learns of the picture who does not see it. */
export function descriptionOf({ organisations }: FactoryGraph): string {
  if (organisations.length === 0) return "There is no project.";
  return `From left to right: organisations, their projects, the Applications, the namespaces that these deploy to. ${sizeInWords(organisations)}.`;
}
