import { projectPath } from "../auth/paths";
import type { Store } from "../store/store";

/** What a model finds wrong, by field, in GitLab's words; empty when all is well. */
export type Faults = Record<string, string[]>;

/** Paths that GitLab's own pages have: https://docs.gitlab.com/user/reserved_names/ */
const reservedTopLevel = new Set(
  (
    "- .well-known 404.html 422.html 500.html 502.html 503.html admin api apple-touch-icon.png assets dashboard " +
    "deploy.html explore favicon.ico favicon.png files groups health_check help import jwt login oauth profile " +
    "projects public robots.txt s search sitemap sitemap.xml sitemap.xml.gz slash-command-logo.png snippets " +
    "unsubscribes uploads users v2"
  ).split(" "),
);
const reservedBelow = new Set(
  "- badges blame blob builds commits create create_dir edit files find_file new preview raw refs tree update wikis".split(
    " ",
  ),
);

const groupPathText =
  "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-' or end in '.', '.git' or '.atom'.";
const projectPathText =
  "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.git' or end in '.atom'";
const groupNameText =
  "can contain only letters, digits, emoji, '_', '.', dash, space, parenthesis. It must start with letter, digit, emoji or '_'.";
const projectNameText =
  "can contain only letters, digits, emoji, '_', '.', '+', dashes, or spaces. It must start with a letter, digit, emoji, or '_'.";
const taken = "has already been taken";

export interface PlacedName {
  readonly name: string;
  readonly path: string;
  /** The id of the group above; null for a group of the top level. Of a project: its namespace. */
  readonly parent: number | null;
  /** Of the record itself when it is changed: its own names are not taken. */
  readonly id?: number;
}

/** What GitLab's model finds wrong with the name or the path of a group. */
export function groupFaults(store: Store, { name, path, parent, id }: PlacedName): Faults {
  const faults: Faults = {};
  const note = noteIn(faults);
  if (name.trim() === "") note("name", "can't be blank");
  else if (!/^[\p{L}\p{N}\p{Extended_Pictographic}_][\p{L}\p{N}\p{M}\p{Extended_Pictographic}_.()\- ]*$/u.test(name)) {
    note("name", groupNameText);
  }
  if (name.length > 255) note("name", "is too long (maximum is 255 characters)");
  if (path.length < 2) note("path", "is too short (minimum is 2 characters)");
  else if (!/^(?:[\w.][\w.-]*[\w-]|\w)$/.test(path) || /\.(git|atom)$/i.test(path)) note("path", groupPathText);
  if (path.length > 255) note("path", "is too long (maximum is 255 characters)");
  const reserved = parent === null ? reservedTopLevel : reservedBelow;
  if (reserved.has(path.toLowerCase())) note("path", `${path} is a reserved name`);
  const siblings = store.groups.where((group) => group.parent_id === parent && group.id !== id);
  const isUser = parent === null && store.users.find(({ username }) => same(username, path)) !== undefined;
  if (isUser || siblings.some((group) => same(group.path, path)) || isPathTaken(store, { path, parent })) {
    note("path", taken);
  }
  if (parent !== null && siblings.some((group) => same(group.name, name))) note("name", taken);
  return faults;
}

/** What GitLab's model finds wrong with the name or the path of a project. */
export function projectFaults(store: Store, { name, path, parent, id }: PlacedName): Faults {
  const faults: Faults = {};
  const note = noteIn(faults);
  if (name.trim() === "") note("name", "can't be blank");
  else if (!/^[\p{L}\p{N}\p{Extended_Pictographic}_][\p{L}\p{N}\p{M}\p{Extended_Pictographic}_.+\- ]*$/u.test(name)) {
    note("name", projectNameText);
  }
  if (name.length > 255) note("name", "is too long (maximum is 255 characters)");
  if (path === "") note("path", "can't be blank");
  else if (!/^[\w.][\w.-]*$/.test(path) || /\.(git|atom)$/i.test(path)) note("path", projectPathText);
  else if (/^[._-]|[._-]$|[._-]{2}/.test(path.replace(/-deletion_scheduled-\d+$/, ""))) {
    note("path", "must not start or end with a special character and must not contain consecutive special characters.");
  }
  if (path.length > 255) note("path", "is too long (maximum is 255 characters)");
  if (reservedBelow.has(path.toLowerCase())) note("path", `${path} is a reserved name`);
  const siblings = store.projects.where((project) => project.namespace_id === parent && project.id !== id);
  const subgroups = store.groups.where((group) => group.parent_id === parent);
  if (siblings.some((project) => same(project.name, name))) {
    note("project_namespace.name", taken);
    note("name", taken);
  }
  if ([...siblings, ...subgroups].some((other) => same(other.path, path))) note("path", taken);
  return faults;
}

/** As Ruby prints a hash: what GitLab writes after `Failed to save group`. */
export function printFaults(faults: Faults): string {
  const entries = Object.entries(faults).map(([field, texts]) => `:${field}=>${JSON.stringify(texts)}`);
  return `{${entries.join(", ")}}`;
}

export function isFaulty(faults: Faults): boolean {
  return Object.keys(faults).length > 0;
}

/** The path that GitLab makes of a project's name: `My app` gives `my-app`. */
export function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "");
  return plain
    .replace(/[^\w.]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase();
}

function isPathTaken(
  store: Store,
  { path, parent }: { readonly path: string; readonly parent: number | null },
): boolean {
  return (
    parent !== null && store.projects.find((one) => one.namespace_id === parent && same(one.path, path)) !== undefined
  );
}

function noteIn(faults: Faults): (field: string, text: string) => void {
  return (field, text) => {
    faults[field] = [...(faults[field] ?? []), text];
  };
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Notes the full paths that projects are about to lose, so that they lead to them still. */
export function keepRedirects(store: Store, projects: readonly { readonly id: number }[]): void {
  for (const { id } of projects) {
    const path = projectPath(store, store.projects.need(id));
    store.redirects.removeWhere((redirect) => redirect.path === path);
    store.redirects.insert({ path, project_id: id });
  }
}

/** A path that is taken anew leads to nothing older any more. */
export function dropRedirects(store: Store, path: string): void {
  store.redirects.removeWhere((redirect) => same(redirect.path, path));
}
