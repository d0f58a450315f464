import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { parseDocument } from "yaml";
import type { CatalogueEntry } from "../../model/catalogue";
import { placeRepositories } from "../../model/hosted-repositories";
import { reportIssues } from "../../model/issues";
import { UserError } from "../../model/problem";
import type { Problem } from "../../model/problem";
import { Report } from "../../model/report";
import { environmentsOf, resolveProject } from "../../model/resolve-project";
import { issuesOf } from "../../model/schema-issues";
import { projectFile } from "../../model/schema/project";
import type { ProjectFile } from "../../model/schema/project";
import type { StackConfig } from "../../model/schema/stack";
import { withEnvironment } from "./merge-into-file";
import type { AdoptedProject } from "./adoption";
import { printProject } from "./print-project";

/** What becomes of one catalogue file. */
export interface PlannedFile {
  /** Relative to the project's folder. */
  readonly file: string;
  readonly text: string;
  /**
   * `new`; `unchanged`: the file says the same already, and keeps its bytes; `extended`: it gets a further environment,
   * and keeps all other bytes; `different`: it says something else; `unknown`: it cannot be read.
   */
  readonly state: "new" | "unchanged" | "extended" | "different" | "unknown";
  /** Where the file and the cluster differ: `quota`, `repositories[0]`. */
  readonly differences: readonly string[];
}

export interface CatalogueContext {
  readonly root: string;
  /** The catalogue's folder, relative to the root. */
  readonly folder: string;
  readonly stack: StackConfig;
  readonly entries: readonly CatalogueEntry[];
}

/**
 * Compares what was adopted with what the catalogue has.
 * @throws UserError when the catalogue's own rules refuse what was adopted
 */
export function planFiles(projects: readonly AdoptedProject[], context: CatalogueContext): PlannedFile[] {
  const problems: Problem[] = [];
  const files = projects.map((project): PlannedFile => {
    const file = posix.join(context.folder, project.organisation, `${project.name}.yaml`);
    const depth = file.split("/").length - 1;
    const text = printProject(project, `${"../".repeat(depth)}schemas/project.json`);
    const parsed = projectFile.safeParse(parseDocument(text).toJS());
    if (!parsed.success) {
      const report = new Report(file);
      reportIssues(issuesOf(projectFile, project.content), project.content, report);
      problems.push(...report.problems);
      return { file, text, state: "unknown", differences: [] };
    }
    if (!existsSync(join(context.root, file))) return { file, text, state: "new", differences: [] };
    const before = context.entries.find(({ report }) => report.file === file)?.project;
    if (before === undefined) return { file, text, state: "unknown", differences: [] };
    const differences = differencesBetween(before, parsed.data, project.environments, context.stack);
    if (differences.length === 0) return { file, text, state: "unchanged", differences };
    const extended = extend(readFileSync(join(context.root, file), "utf8"), before, project, context.stack);
    if (extended !== undefined) return { file, text: extended, state: "extended", differences };
    return { file, text, state: "different", differences };
  });
  if (problems.length > 0) throw new UserError(problems);
  return files;
}

/** The file with the environments that it lacks, where that says just what was found, and of the others nothing else. */
function extend(
  text: string,
  before: ProjectFile,
  { content, environments }: AdoptedProject,
  stack: StackConfig,
): string | undefined {
  const missing = environments.filter((environment) => !environmentsOf(before).includes(environment));
  const [environment] = missing;
  if (environment === undefined || environments.length > 1) return undefined;
  const extended = withEnvironment(text, before, content, environment);
  const after = projectFile.safeParse(extended === undefined ? undefined : parseDocument(extended).toJS());
  const found = projectFile.safeParse(content);
  if (!after.success || !found.success) return undefined;
  const changed = [
    ...differencesBetween(before, after.data, environmentsOf(before), stack),
    ...differencesBetween(after.data, found.data, environments, stack),
  ];
  return changed.length > 0 ? undefined : extended;
}

/** By what the platform makes of them, environment by environment: two ways to say the same are the same. */
function differencesBetween(
  before: ProjectFile,
  after: ProjectFile,
  environments: readonly string[],
  stack: StackConfig,
): string[] {
  return environments.flatMap((environment) => {
    if (!environmentsOf(before).includes(environment)) return [`environments.${environment}`];
    const [one, other] = [before, after].map((file) => resolved(file, environment, stack)) as [Said, Said];
    return [...new Set([...Object.keys(one), ...Object.keys(other)])]
      .filter((key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]))
      .map((key) => (environments.length > 1 ? `${environment}: ${key}` : key));
  });
}

type Said = Readonly<Record<string, unknown>>;

/** Repositories are told apart by name: their order says nothing. */
function resolved(file: ProjectFile, environment: string, stack: StackConfig): Said {
  const project = resolveProject(placeRepositories(file, stack.gitlab), environment, stack, new Report(""));
  const { repositories, ...rest } = project;
  const each = repositories.map(({ credentials, sync, ...repository }) => {
    // Whose credentials they are, a repository's Secret does not say; nor what automation would do that is off.
    const effective = sync.automated ? sync : { ...sync, prune: false, selfHeal: false };
    return [
      `repository ${repository.name}`,
      { ...repository, sync: effective, isPrivate: credentials !== undefined },
    ] as const;
  });
  return { ...rest, ...Object.fromEntries(each) };
}

/** Writes what is new or extended, and with `force` what differs. */
export function writeFiles(files: readonly PlannedFile[], root: string, force: boolean): string[] {
  const written = files.filter(
    ({ state }) => state === "new" || state === "extended" || (force && state !== "unchanged"),
  );
  for (const { file, text } of written) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return written.map(({ file }) => file);
}

/** Files that say something else are the team's, and nothing is written at all. */
export function refuseDifferent(files: readonly PlannedFile[], force: boolean): void {
  const different = files.filter(({ state }) => state === "different" || state === "unknown");
  if (force || different.length === 0) return;
  throw new UserError(
    different.map(({ file, state, differences }) => ({
      severity: "error",
      file,
      path: "",
      message:
        state === "different"
          ? `the file is there, and says otherwise: ${differences.join(", ")}`
          : "the file is there, and cannot be read",
      allowed: "a file that is not there yet, or says the same",
      fix: "compare with --dry-run and change the file by hand, or replace it with --force",
    })),
  );
}
