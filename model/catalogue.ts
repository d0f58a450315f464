import { existsSync, readdirSync } from "node:fs";
import type { Dirent } from "node:fs";
import { join, posix, resolve } from "node:path";
import { reportIssues } from "./issues";
import { readText, whyUnreadable } from "./read-text";
import { Report } from "./report";
import { issuesOf } from "./schema-issues";
import { projectFile } from "./schema/project";
import type { ProjectFile } from "./schema/project";
import { parseYamlDocument } from "./yaml-document";

/** One file of the catalogue. */
export interface CatalogueEntry {
  readonly report: Report;
  /** Absent when the file is not valid. */
  readonly project?: ProjectFile;
}

export interface Catalogue {
  /** Problems of the folder as a whole. */
  readonly report: Report;
  /** One entry a project file, sorted by path. */
  readonly entries: readonly CatalogueEntry[];
}

/**
 * Reads `<folder>/<organisation>/<project>.yaml`. Dot files and README files are passed over; all else that is no
 * project file is reported, since a file that is silently ignored is a project that silently goes.
 * @param folder relative to the root, or absolute
 */
export function readCatalogue(root: string, folder: string): Catalogue {
  const report = new Report(folder);
  const entries: CatalogueEntry[] = [];
  const absolute = resolve(root, folder);
  if (!existsSync(absolute)) {
    report.error([], {
      message: "the catalogue's folder does not exist",
      fix: "create it, or set gitops-factory:catalog to the folder that holds the projects",
    });
    return { report, entries };
  }
  for (const organisation of list(absolute, report)) {
    const file = posix.join(folder, organisation.name);
    if (!organisation.isDirectory()) {
      report.problems.push(...stray(file, organisation, "<organisation>/<project>.yaml"));
      continue;
    }
    for (const item of list(join(absolute, organisation.name), report)) {
      const itemFile = posix.join(file, item.name);
      if (item.isFile() && item.name.endsWith(".yaml")) {
        entries.push(readProject(itemFile, join(absolute, organisation.name, item.name)));
      } else {
        report.problems.push(...stray(itemFile, item, "<project>.yaml"));
      }
    }
  }
  if (entries.length === 0 && !report.hasErrors) {
    report.error([], {
      message: "the catalogue is empty",
      allowed: "one file a project: <organisation>/<project>.yaml",
      fix: "add a project; to take everything down, use pulumi destroy",
    });
  }
  return { report, entries };
}

function list(folder: string, report: Report): Dirent[] {
  return entriesOf(folder, report)
    .filter(({ name }) => !name.startsWith(".") && !/^readme(\.|$)/i.test(name))
    .sort((one, other) => (bareName(one) < bareName(other) ? -1 : 1));
}

function entriesOf(folder: string, report: Report): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    report.error([], {
      message: `a folder of the catalogue cannot be read: ${whyUnreadable(error)}`,
      value: folder,
      fix: "put a folder in its place that you may read",
    });
    return [];
  }
}

/** `shop` comes before `shop-admin`, though `shop.yaml` would come after `shop-admin.yaml`. */
function bareName({ name }: Dirent): string {
  return name.replace(/\.yaml$/, "");
}

function stray(file: string, item: Dirent, allowed: string) {
  const report = new Report(file);
  if (item.isSymbolicLink()) {
    report.error([], {
      message: "the catalogue holds a symbolic link, whose target no review of this folder sees",
      allowed,
      fix: "put the file itself here",
    });
  } else if (item.name.endsWith(".yml")) {
    report.error([], { message: "the file's name ends with .yml", allowed, fix: "rename it to .yaml" });
  } else if (item.isDirectory() || item.name.endsWith(".yaml")) {
    report.error([], { message: "the file or folder is not where a project is expected", allowed, fix: "move it" });
  } else {
    report.warning([], { message: "the file is no project and is passed over", allowed, fix: "remove it" });
  }
  return report.problems;
}

function readProject(file: string, absolute: string): CatalogueEntry {
  const unread = new Report(file);
  const text = readText(absolute, unread);
  if (text === undefined) return { report: unread };
  const { value, report } = parseYamlDocument(file, text);
  if (report.hasErrors) return { report };
  if (value === null || value === undefined) {
    report.error([], { message: "the file is empty", fix: "write the project, or remove the file" });
    return { report };
  }
  const result = projectFile.safeParse(value);
  if (!result.success) {
    reportIssues(issuesOf(projectFile, value), value, report);
    return { report };
  }
  const project = result.data;
  checkPlace(project, file, report);
  return report.hasErrors ? { report } : { report, project };
}

/** The path says who owns a file, so that a merge request's reviewers can be told from it: it must be true. */
function checkPlace(project: ProjectFile, file: string, report: Report): void {
  const [folder, name] = file.split("/").slice(-2);
  if (folder !== project.organisation) {
    report.error(["organisation"], {
      message: "the organisation is not the folder that the file is in",
      value: project.organisation,
      allowed: String(folder),
      fix: `move the file to the folder ${project.organisation}, or write organisation: ${String(folder)}`,
    });
  }
  if (name !== `${project.name}.yaml`) {
    report.error(["name"], {
      message: "the name is not that of the file",
      value: project.name,
      allowed: String(name).replace(/\.yaml$/, ""),
      fix: `rename the file to ${project.name}.yaml, or write name: ${String(name).replace(/\.yaml$/, "")}`,
    });
  }
}
