import type { DeclaredResource } from "./declared-resource";
import type { Importable } from "./import-file";

const PROVIDER = "pulumi:providers:";

/**
 * What a targeted update has to put into the state before objects can be imported: their providers, which the engine
 * cannot import, and the components of what the program reads. Reads are done whatever the targets are, and engine 3.220
 * writes them into the state without the components that they belong to, which makes it one that it refuses to load.
 * Neither touches a cluster.
 *
 * @returns their URNs; none where the state has the providers
 */
export function providerTargets(
  importables: readonly Importable[],
  created: readonly DeclaredResource[],
  read: readonly DeclaredResource[],
): readonly string[] {
  const byUrn = new Map(created.map((resource) => [resource.urn, resource]));
  const used = new Set(importables.flatMap(({ resource }) => resource.provider ?? []));
  const missing = created.filter(({ type, urn }) => type.startsWith(PROVIDER) && used.has(urn));
  if (missing.length === 0) return [];
  const components = new Set<string>();
  const addParents = ({ parent }: DeclaredResource): void => {
    const component = parent === undefined ? undefined : byUrn.get(parent);
    if (component === undefined || components.has(component.urn)) return;
    addParents(component);
    components.add(component.urn);
  };
  read.forEach(addParents);
  return [...missing.map(({ urn }) => urn), ...components];
}
