import { GUARDED_KINDS } from "../../model/guarded-kinds";
import { isFields, listAt, textAt, textsAt } from "./found-object";
import type { Fields, FoundObject } from "./found-object";
import type { AdoptedSettings } from "./namespace";
import type { Notes } from "./note";

export interface AppProjectContext {
  /** The catalogue's name of an Application's repository. */
  readonly repositories: ReadonlyMap<string, string>;
  readonly namespace: string;
  /** Whether the object keeps its name, so that the first update closes it. */
  readonly isKept: boolean;
  readonly notes: Notes;
}

/** What a project says that its AppProject said; how far it is closed is the factory's to say. */
export function adoptAppProject({ spec }: FoundObject, context: AppProjectContext): AdoptedSettings {
  noteClosing(spec, context);
  const description = textAt(spec, "description");
  const denied = listAt(spec, "namespaceResourceBlacklist")
    .filter(isFields)
    .map(({ group, kind }) => ({ group: typeof group === "string" ? group : "", kind: String(kind) }))
    .filter((one) => !GUARDED_KINDS.some(({ group, kind }) => group === one.group && kind === one.kind));
  const kinds = denied.filter((one) => /^[A-Z][A-Za-z0-9]*$/.test(one.kind) && !neverMatches(one.group));
  for (const one of denied.filter((kind) => !kinds.includes(kind))) {
    const reason = neverMatches(one.group)
      ? "the group of core kinds is empty: the entry never matched"
      : "it names no one kind";
    context.notes.changed("spec.namespaceResourceBlacklist", one, reason, "the first update removes it");
  }
  const windows = adoptWindows(listAt(spec, "syncWindows").filter(isFields), context);
  const groups = adoptRoles(listAt(spec, "roles").filter(isFields), context.notes);
  return {
    ...(description !== undefined && { description }),
    ...(Object.keys(groups).length > 0 && { groups }),
    ...(kinds.length > 0 && { deniedKinds: kinds }),
    ...(textsAt(spec, "sourceNamespaces").includes(context.namespace) && { ownApplications: true }),
    ...(windows.length > 0 && { syncWindows: windows }),
  };
}

/** `group: v1` for ResourceQuota, as Cloud π wrote it, is a version and matches nothing. */
function neverMatches(group: string): boolean {
  return /^v[0-9]+/.test(group);
}

/** Cloud π's roles, which are the factory's too. */
const ROLES: Readonly<Record<string, "read" | "write">> = { "ro-group": "read", "rw-group": "write" };

function adoptRoles(roles: readonly Fields[], notes: Notes): AdoptedSettings {
  const groups: Record<string, readonly string[]> = {};
  for (const role of roles) {
    const name = textAt(role, "name") ?? "";
    const said = textsAt(role, "groups");
    const right = ROLES[name];
    if (right !== undefined && said.length > 0) groups[right] = said;
    if (right === undefined) {
      const effect =
        "the first update removes it: name its groups in groups.read or groups.write, or in gitops-factory:argocd.rbac";
      notes.changed(`spec.roles: ${name}`, said.join(", "), "the catalogue knows readers and writers", effect);
    }
    if (listAt(role, "jwtTokens").length > 0) {
      notes.changed(
        `spec.roles: ${name}.jwtTokens`,
        undefined,
        "the catalogue makes no tokens",
        "they end with the first update: make an account in Argo CD for whoever used them",
      );
    }
  }
  return groups;
}

function adoptWindows(windows: readonly Fields[], { repositories, notes }: AppProjectContext): AdoptedSettings[] {
  return windows.flatMap((window, index) => {
    const { kind, schedule, duration, timeZone, manualSync, description } = window;
    const applications = textsAt(window, "applications");
    const place = `spec.syncWindows[${String(index)}]`;
    const names = applications.map((name) => repositories.get(name));
    const isGlobal = applications.includes("*");
    if (
      listAt(window, "namespaces").length > 0 ||
      listAt(window, "clusters").length > 0 ||
      (!isGlobal && names.includes(undefined))
    ) {
      notes.changed(
        place,
        window,
        "the catalogue's windows are for a project's own repositories",
        "the first update removes it: write it into syncWindows",
      );
      return [];
    }
    return [
      {
        kind,
        schedule,
        duration,
        ...(typeof timeZone === "string" && timeZone !== "" && { timeZone }),
        ...(manualSync === true && { manualSync }),
        ...(typeof description === "string" && description !== "" && { description }),
        ...(!isGlobal && { applications: names }),
      },
    ];
  });
}

function noteClosing(spec: Fields | undefined, { isKept, notes }: AppProjectContext): void {
  const effect = isKept
    ? "the first update closes it to the project's own"
    : "the project's Applications move to an AppProject of their own, which is closed";
  const destinations = listAt(spec, "destinations").filter(isFields);
  const open = destinations.filter(
    (one) => String(one["namespace"]).includes("*") || String(one["server"]).includes("*"),
  );
  const sources = textsAt(spec, "sourceRepos").filter((url) => url.includes("*"));
  if (sources.length > 0) notes.changed("spec.sourceRepos", sources, "an AppProject names its repositories", effect);
  if (open.length > 0)
    notes.changed("spec.destinations", open, "an AppProject has one cluster and one namespace", effect);
  const clusterWide = listAt(spec, "clusterResourceWhitelist");
  if (clusterWide.length > 0)
    notes.changed("spec.clusterResourceWhitelist", clusterWide, "no project deploys cluster-wide kinds", effect);
}
