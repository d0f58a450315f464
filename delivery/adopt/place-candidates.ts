import { asName, asRepository, firstSource } from "./identity";
import { textAt } from "./found-object";
import type { Candidate } from "./sort-applications";

/** A candidate with its place in the catalogue, which nobody else has. */
export interface Placed extends Omit<Candidate, "identity"> {
  readonly organisation: string;
  readonly project: string;
  readonly environment: string;
  readonly repository: string;
}

/**
 * Gives each Application a place of its own. A project has one namespace in an environment, so that those in another
 * become a project of their own, by the namespace's name; of two repositories of one name, the second is called by its
 * folder, or by its Application.
 */
export function placeCandidates(candidates: readonly Candidate[]): Placed[] {
  const homes = new Map<string, string>();
  const taken = new Set<string>();
  return candidates.map(({ identity, ...candidate }) => {
    const { application, namespace, cluster, notes } = candidate;
    const { organisation, environment } = identity;
    const place = `${cluster} ${namespace ?? ""}`;
    const claims = (project: string): boolean => {
      const key = `${organisation}/${project}/${environment}`;
      if (!homes.has(key)) homes.set(key, place);
      return homes.get(key) === place;
    };
    let { project } = identity;
    if (!claims(project)) {
      const own = asName(namespace) ?? `${project}-${identity.repository}`;
      project = claims(own) ? own : `${own}-${cluster}`;
      claims(project);
      notes.changed(
        "spec.destination.namespace",
        namespace,
        `the project ${identity.project} has another namespace in ${environment}`,
        `it becomes the project ${project}; name another in the mapping file`,
      );
    }
    const folder = (textAt(firstSource(application), "path") ?? "").split("/").at(-1) ?? "";
    const names = [
      identity.repository,
      asRepository(`${identity.repository}-${folder}`),
      asRepository(application.metadata.name),
    ];
    for (let number = 2; number <= candidates.length + 1; number++)
      names.push(asRepository(`${identity.repository.slice(0, 15)}-${String(number)}`));
    const free = names.find(
      (name) => name !== undefined && !taken.has(`${organisation}/${project}/${environment}/${name}`),
    );
    const repository = free ?? identity.repository;
    taken.add(`${organisation}/${project}/${environment}/${repository}`);
    return { ...candidate, organisation, project, environment, repository };
  });
}
