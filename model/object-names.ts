import { applicationName, namespaceName } from "./naming";
import type { ProjectFile } from "./schema/project";

/** What the names of a project's objects depend on. */
export type NamedFields = Pick<ProjectFile, "organisation" | "name" | "environments"> & {
  readonly repositories: readonly Pick<ProjectFile["repositories"][number], "name" | "environments">[];
};

/** What the catalogue says about the names in one environment. */
type KeptNames = NonNullable<Exclude<ProjectFile["environments"], string[]>[string]>["names"];

/** The names of a project's objects in one environment. */
export interface ObjectNames {
  readonly namespace: string;
  readonly appProject: string;
  /** The name of the Application of a repository, by the repository's name. */
  readonly application: (repository: string) => string;
}

/** The names that the catalogue keeps for objects that were there before; all others are computed. */
export function objectNames(project: NamedFields, environment: string): ObjectNames {
  const { organisation, name } = project;
  const computed = namespaceName(organisation, name, environment);
  const kept = keptNames(project, environment);
  return {
    namespace: kept?.namespace ?? computed,
    // Not that of a kept namespace: many projects may have had AppProjects of the same names as others' namespaces.
    appProject: kept?.appProject ?? computed,
    application: (repository) =>
      project.repositories.find((one) => one.name === repository)?.environments?.[environment]?.applicationName ??
      applicationName(organisation, name, environment, repository),
  };
}

function keptNames({ environments }: NamedFields, environment: string): KeptNames {
  return Array.isArray(environments) ? undefined : environments[environment]?.names;
}
