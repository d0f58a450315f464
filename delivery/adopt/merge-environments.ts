import type { AdoptedRepository } from "./application";
import type { Fields } from "./found-object";
import { isFields } from "./found-object";
import type { AdoptedSettings } from "./namespace";
import type { Notes } from "./note";

/** One environment of a project as it was found. */
export interface AdoptedEnvironment {
  readonly environment: string;
  readonly names: { readonly namespace?: string; readonly appProject?: string };
  readonly settings: AdoptedSettings;
  readonly repositories: readonly (AdoptedRepository & { readonly applicationName?: string })[];
}

/** What a project says once, for all its environments. */
export const PROJECT_ONLY = ["description", "owners", "groups", "deniedKinds"];

/** The order in which a catalogue file says things. */
const ORDER = [
  ...["organisation", "name", "description", "owners", "groups", "environments", "cluster", "autosync", "quota"],
  ...["containerDefaults", "podSecurity", "network", "ownApplications", "syncWindows", "deniedKinds", "repositories"],
];

const REPOSITORY_ORDER = [
  "name",
  "url",
  "kind",
  "chart",
  "revision",
  "path",
  "recurse",
  "images",
  "releaseName",
  "valueFiles",
];

/** What is different in an environment, as far as the catalogue can say it there. */
export const OVERRIDABLE: Readonly<Record<string, readonly string[]>> = {
  manifests: ["revision", "autosync", "path", "applicationName"],
  kustomize: ["revision", "autosync", "path", "applicationName", "images"],
  helm: ["revision", "autosync", "path", "applicationName", "parameters", "releaseName"],
};

/** What an environment says where its value is the default, and the others' is not. */
export const DEFAULTS: Fields = { revision: "HEAD", path: ".", autosync: true };

/** One catalogue file of what was found in several environments. */
export function mergeEnvironments(
  project: { readonly organisation: string; readonly name: string },
  environments: readonly AdoptedEnvironment[],
  notes: Notes,
): Fields {
  const keys = [...new Set(environments.flatMap(({ settings }) => Object.keys(settings)))];
  const shared = keys.filter(
    (key) => PROJECT_ONLY.includes(key) || areEqual(environments.map(({ settings }) => settings[key])),
  );
  const overrides = Object.fromEntries(
    environments.map(({ environment, names, settings }) => {
      const own = Object.fromEntries(Object.entries(settings).filter(([key]) => !shared.includes(key)));
      return [environment, { ...(Object.keys(names).length > 0 && { names }), ...own }];
    }),
  );
  const isPlain = Object.values(overrides).every((own) => Object.keys(own).length === 0);
  const file = {
    ...project,
    environments: isPlain
      ? Object.keys(overrides)
      : Object.fromEntries(
          Object.entries(overrides).map(([name, own]) => [name, Object.keys(own).length > 0 ? own : null]),
        ),
    ...Object.fromEntries(shared.map((key) => [key, sharedValue(key, environments, notes)])),
    repositories: mergeRepositories(environments, notes),
  };
  return sorted(file, ORDER);
}

function sharedValue(key: string, environments: readonly AdoptedEnvironment[], notes: Notes): unknown {
  const values = environments.map(({ settings }) => settings[key]);
  const first = values.find((value) => value !== undefined);
  if (areEqual(values)) return first;
  if (key === "groups") {
    const common = { read: commonGroups(values, "read"), write: commonGroups(values, "write") };
    const reason = "the catalogue has the same groups in all environments, and none may gain rights by that";
    notes.changed("groups", values, reason, "only groups that have the right everywhere keep it");
    return Object.fromEntries(Object.entries(common).filter(([, groups]) => groups.length > 0));
  }
  notes.changed(
    key,
    values,
    "the catalogue says it once for all environments",
    `all get what ${environments[0]?.environment ?? ""} has`,
  );
  return first;
}

function commonGroups(values: readonly unknown[], right: string): string[] {
  const lists = values.map((value) =>
    isFields(value) && Array.isArray(value[right]) ? (value[right] as string[]) : [],
  );
  return (lists[0] ?? []).filter((group) => lists.every((list) => list.includes(group)));
}

function mergeRepositories(environments: readonly AdoptedEnvironment[], notes: Notes): Fields[] {
  const names = [...new Set(environments.flatMap(({ repositories }) => repositories.map(({ name }) => name)))];
  return names.map((name) => {
    const found = environments.flatMap(({ environment, repositories }) => {
      const repository = repositories.find((one) => one.name === name);
      if (repository !== undefined) return [{ environment, repository: repository as Fields }];
      const effect = `the first update of ${environment} makes an Application of it`;
      notes.changed(
        `repositories: ${name}`,
        environment,
        "the environment did not have it, and the catalogue's projects are alike in all",
        effect,
      );
      return [];
    });
    return mergeRepository(name, found, notes);
  });
}

type FoundRepository = { readonly environment: string; readonly repository: Fields };

function mergeRepository(name: string, found: readonly FoundRepository[], notes: Notes): Fields {
  const [first] = found;
  const keys = [...new Set(found.flatMap(({ repository }) => Object.keys(repository)))];
  const base: Record<string, unknown> = {};
  const overrides: Record<string, Record<string, unknown>> = {};
  const canSay = OVERRIDABLE[String(first?.repository["kind"])] ?? [];
  for (const key of keys) {
    const values = found.map(({ environment, repository }) => ({ environment, value: repository[key] }));
    const templated = values.map(({ environment, value }) => withPlaceholder(key, value, environment));
    const isOwn = key === "applicationName";
    if (!isOwn && areEqual(values.map(({ value }) => value))) base[key] = values[0]?.value;
    else if (!isOwn && values.length > 1 && areEqual(templated)) base[key] = templated[0];
    else if (canSay.includes(key)) {
      // In the environment alone: what the repository says beside it would be added to parameters and images.
      for (const { environment, value } of values) {
        const said = value ?? DEFAULTS[key];
        if (said !== undefined && !areEqual([said, DEFAULTS[key]])) (overrides[environment] ??= {})[key] = said;
      }
    } else {
      base[key] = values[0]?.value;
      const effect = `all get what ${first?.environment ?? ""} has`;
      notes.changed(
        `repositories: ${name}: ${key}`,
        values.map(({ value }) => value ?? null),
        "the catalogue says it once for all environments",
        effect,
      );
    }
  }
  const said = Object.keys(overrides).length > 0 ? { environments: overrides } : {};
  return sorted({ ...base, ...said }, REPOSITORY_ORDER);
}

/** `overlays/prod` is `overlays/<env>`, where the catalogue puts the environment's name in. */
function withPlaceholder(key: string, value: unknown, environment: string): unknown {
  if (!["path", "valueFiles", "revision"].includes(key)) return value;
  const pattern = new RegExp(`(?<![a-z0-9])${environment}(?![a-z0-9])`, "g");
  const replaced = (text: unknown): unknown => (typeof text === "string" ? text.replaceAll(pattern, "<env>") : text);
  return Array.isArray(value) ? value.map(replaced) : replaced(value);
}

function sorted(fields: Fields, order: readonly string[]): Fields {
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .sort(([one], [other]) => rank(one) - rank(other)),
  );
}

/** Whether all say the same. */
export function areEqual(values: readonly unknown[]): boolean {
  const texts = values.map((value) => JSON.stringify(value) ?? "");
  return texts.every((text) => text === texts[0]);
}
