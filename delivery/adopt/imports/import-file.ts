import type { DeclaredResource } from "./declared-resource";

/** What `pulumi import --file` reads (pkg/cmd/pulumi/operations/import.go: importFile). */
export interface ImportFile {
  /** The URNs of what is in the state already, or will be, by the names that the entries use. */
  readonly nameTable: Readonly<Record<string, string>>;
  readonly resources: readonly ImportEntry[];
}

export interface ImportEntry {
  readonly type: string;
  /** What other entries call it; no two are alike. */
  readonly name: string;
  /** What the program calls it, where that is not the name. */
  readonly logicalName?: string;
  /** Absent for a component. */
  readonly id?: string;
  readonly component?: true;
  readonly parent?: string;
  readonly provider?: string;
}

/** An object that exists, and the id by which the provider reads it. */
export interface Importable {
  readonly resource: DeclaredResource;
  readonly id: string;
}

/**
 * The file that reads these objects into the state, with the components that they belong to: the engine refuses a child
 * of an unknown parent. A component that the state has already is named, as the provider is, which the engine cannot
 * import.
 *
 * @param created all that the preview creates, components among them
 */
export function importFile(importables: readonly Importable[], created: readonly DeclaredResource[]): ImportFile {
  const byUrn = new Map(created.map((resource) => [resource.urn, resource]));
  const components = new Map<string, DeclaredResource>();
  const names = new Names();
  const known: string[] = [];
  const addParents = ({ parent }: DeclaredResource): void => {
    if (parent === undefined || components.has(parent)) return;
    const component = byUrn.get(parent);
    if (component === undefined) {
      known.push(parent);
      return;
    }
    addParents(component);
    components.set(parent, component);
  };
  for (const { resource } of importables) {
    addParents(resource);
    if (resource.provider !== undefined) known.push(resource.provider);
  }
  const nameTable = Object.fromEntries([...new Set(known)].map((urn) => [names.of(urn), urn]));
  const entry = ({ urn, type, name, parent, provider }: DeclaredResource): ImportEntry => ({
    type,
    name: names.of(urn),
    ...(names.of(urn) !== name && { logicalName: name }),
    ...(parent !== undefined && { parent: names.of(parent) }),
    ...(provider !== undefined && { provider: names.of(provider) }),
  });
  return {
    nameTable,
    resources: [
      ...[...components.values()].map((component) => ({ ...entry(component), component: true as const })),
      ...importables.map(({ resource, id }) => ({ ...entry(resource), id })),
    ],
  };
}

/** The file's names: what the program calls a resource, and from the second of that name on its number. */
class Names {
  readonly #byUrn = new Map<string, string>();
  readonly #taken = new Set<string>();

  of(urn: string): string {
    const known = this.#byUrn.get(urn);
    if (known !== undefined) return known;
    const own = urn.split("::").slice(3).join("::");
    let name = own;
    for (let count = 2; this.#taken.has(name); count++) name = `${own} (${String(count)})`;
    this.#taken.add(name);
    this.#byUrn.set(urn, name);
    return name;
  }
}
