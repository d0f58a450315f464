import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { UserError } from "../../model/problem";
import type { Problem } from "../../model/problem";
import { generateApplications } from "./application-set";
import type { ReadFile } from "./application-set";
import { ARGO, isOf } from "./found-object";
import type { FoundObject } from "./found-object";
import type { Note } from "./note";
import { parseObjects } from "./parse-objects";

export interface ReadObjects {
  readonly objects: readonly FoundObject[];
  readonly notes: readonly Note[];
  /** Files of folders that could not be read, as templates of a chart cannot. */
  readonly warnings: readonly Problem[];
  /** Further clusters, by name, that Applications run on and that could not be looked at. @default none */
  readonly unread?: Readonly<Record<string, Problem>>;
}

const NOT_READ = [".git", "node_modules"];

/**
 * The objects of files, folders and standard input (`-`). Of a folder, ApplicationSets are worked off whose generators
 * read files of that folder.
 * @throws UserError for a file that is named and is not there, cannot be read, or holds nothing to adopt
 */
export function readFiles(paths: readonly string[]): ReadObjects {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const objects: FoundObject[] = [];
  const notes: Note[] = [];
  for (const path of paths) {
    const files = filesOf(path, problems);
    if (files === undefined) continue;
    const isFolder = path !== "-" && statSync(path).isDirectory();
    const parsed = files
      .filter((file) => !isFolder || isObjectFile(file.path))
      .map((file) => parseObjects(file.text, file.path));
    (isFolder ? warnings : problems).push(
      ...parsed
        .flatMap((one) => one.problems)
        .map((problem) => (isFolder ? { ...problem, severity: "warning" as const } : problem)),
    );
    const found = parsed.flatMap((one) => one.objects);
    const sets = found
      .filter((object) => isOf(object, "ApplicationSet", ARGO))
      .map((set) => generateApplications(set, files));
    objects.push(...found, ...sets.flatMap(({ applications }) => applications));
    notes.push(...sets.flatMap((set) => set.notes));
    const isFaulty = parsed.some((one) => one.problems.length > 0);
    if (!isFaulty && !objects.some((object) => object.apiVersion.startsWith(`${ARGO}/`)))
      problems.push(nothingIn(path));
  }
  if (problems.length > 0) throw new UserError(problems);
  return { objects, notes, warnings };
}

function filesOf(path: string, problems: Problem[]): ReadFile[] | undefined {
  if (path === "-") return [{ path: "standard input", text: readFileSync(0, "utf8") }];
  try {
    if (!statSync(path).isDirectory()) return [{ path, text: readFileSync(path, "utf8") }];
    return walk(path);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    const message = code === "ENOENT" ? "there is no such file or folder" : `it cannot be read (${code})`;
    problems.push({ severity: "error", file: path, path: "", message, fix: "correct the path" });
    return undefined;
  }
}

function walk(folder: string): ReadFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !NOT_READ.includes(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      return entry.isFile() && /\.(ya?ml|json)$/.test(entry.name) ? [{ path, text: readFileSync(path, "utf8") }] : [];
    });
}

/** What generators read is no object. */
function isObjectFile(path: string): boolean {
  return !/^config(_dir)?\.json$/.test(basename(path));
}

function nothingIn(path: string): Problem {
  return {
    severity: "error",
    file: path === "-" ? "standard input" : path,
    path: "",
    message: "it holds no object of Argo CD",
    allowed: "Applications, AppProjects and ApplicationSets of argoproj.io, with namespaces and Secrets beside them",
    fix: "name the file or folder that holds them, or read the cluster: --from-cluster",
  };
}
