import { excessLength, isReservedNamespace, MAX_NAME_LENGTH, namespaceName } from "./naming";
import { objectNames } from "./object-names";
import type { PlacedProject } from "./hosted-repositories";
import { plural } from "./plural";
import type { Path, Report } from "./report";
import { environmentsOf } from "./resolve-project";
import { sameRepositoryKey } from "./git-url";
import { suggestionOr } from "./suggest";

export interface NamedProject {
  readonly project: PlacedProject;
  readonly report: Report;
}

/**
 * Checks the names that all projects get in all their environments: lengths, reserved ones and collisions. The
 * catalogue is checked as a whole, so that a merge request on dev learns what would fail in production.
 * @param taken namespaces that the platform itself uses
 */
export function checkNames(projects: readonly NamedProject[], taken: readonly string[]): void {
  const owners: Owners = { namespaces: new Map(), appProjects: new Map(), applications: new Map() };
  for (const { project, report } of projects) {
    for (const environment of environmentsOf(project)) {
      checkNamespace(project, environment, { owners, taken }, report);
      checkApplications(project, environment, owners, report);
    }
    checkRepositories(project, report);
  }
}

/** Who has a name: by the environment and the name, the file and, for an Application, the repository in it. */
type Names = Map<string, { readonly file: string; readonly repository?: string }>;

interface Owners {
  readonly namespaces: Names;
  readonly appProjects: Names;
  readonly applications: Names;
}

function checkNamespace(
  project: PlacedProject,
  environment: string,
  { owners, taken }: { readonly owners: Owners; readonly taken: readonly string[] },
  report: Report,
): void {
  const { namespace, appProject } = objectNames(project, environment);
  const isKept = namespace !== namespaceName(project.organisation, project.name, environment);
  const keptAt: Path = ["environments", environment, "names"];
  const path = isKept ? [...keptAt, "namespace"] : ["name"];
  const what = `the namespace of ${environment}`;
  const isFree =
    checkLength(namespace, what, path, report) &&
    claim(owners.namespaces, namespace, { what, environment, path }, report);
  if (isReservedNamespace(namespace) || taken.includes(namespace)) {
    report.error(isKept ? path : ["organisation"], {
      message: `the namespace of ${environment} would be ${namespace}, which belongs to the cluster or the platform`,
      value: isKept ? namespace : project.organisation,
      allowed: isKept ? "a namespace of the project's own" : "an organisation whose name does not begin with kube-",
      fix: isKept ? "move what runs there into a namespace of its own" : "rename the organisation or the project",
    });
  }
  if (appProject === "default") {
    report.error([...keptAt, "appProject"], {
      message: 'the AppProject "default" is every Application\'s that names none, and open to everything',
      value: appProject,
      allowed: "an AppProject of the project's own",
      fix: "remove the line: the project gets one of its own, and its Applications move there without a restart",
    });
  } else if (isFree) {
    const claimed = { what: `the AppProject of ${environment}`, environment, path: [...keptAt, "appProject"] };
    claim(owners.appProjects, appProject, claimed, report);
  }
}

function checkApplications(
  project: PlacedProject,
  environment: string,
  { applications }: Owners,
  report: Report,
): void {
  const names = objectNames(project, environment);
  project.repositories.forEach((repository, index) => {
    const application = names.application(repository.name);
    const isKept = repository.environments?.[environment]?.applicationName !== undefined;
    const path = ["repositories", index, ...(isKept ? ["environments", environment, "applicationName"] : ["name"])];
    const what = `the Application of ${environment}`;
    if (!checkLength(application, what, path, report)) return;
    claim(applications, application, { what, environment, path, repository: repository.name }, report);
  });
}

/** All environments of one project exceed alike; the longest is enough to know, so each is told once. */
function checkLength(name: string, what: string, path: Path, report: Report): boolean {
  const excess = excessLength(name);
  if (excess === 0) return true;
  report.error(path, {
    message: `the name of ${what} has ${plural(name.length, "character")}, ${String(excess)} too many`,
    value: name,
    allowed: `${String(MAX_NAME_LENGTH)} characters`,
    fix: `shorten organisation, project${path[0] === "repositories" ? " or repository" : ""} by ${plural(excess, "character")}`,
  });
  return false;
}

/** Each environment is a stack, mostly with a cluster of its own: a kept name may be there in several. */
function claim(
  owners: Names,
  name: string,
  wanted: { readonly what: string; readonly environment: string; readonly path: Path; readonly repository?: string },
  report: Report,
): boolean {
  const { what, environment, path, repository } = wanted;
  const key = `${environment} ${name}`;
  const owner = owners.get(key);
  if (owner === undefined) {
    owners.set(key, { file: report.file, ...(repository !== undefined && { repository }) });
    return true;
  }
  // Within one file, two repositories of one name: checkRepositories says so.
  if (owner.file === report.file && owner.repository === repository) return true;
  const other = owner.file === report.file ? `the repository "${String(owner.repository)}"` : owner.file;
  const isKept = path.includes("environments");
  report.error(path, {
    message: `${what} would have the same name as one of ${other}`,
    value: name,
    fix: isKept
      ? `keep the name in one place alone: here or in ${other}`
      : `rename the project here or in ${other}: a hyphen may stand in either part, so a-b + c and a + b-c are the same`,
  });
  return false;
}

function checkRepositories(project: PlacedProject, report: Report): void {
  const names = new Map<string, number>();
  const places = new Map<string, number>();
  project.repositories.forEach((repository, index) => {
    const sameName = names.get(repository.name);
    if (sameName !== undefined) {
      report.error(["repositories", index, "name"], {
        message: `repositories[${String(sameName)}] has the same name`,
        value: repository.name,
        fix: "rename one of the two",
      });
    }
    names.set(repository.name, sameName ?? index);
    const chart = repository.kind === "helm" ? (repository.chart ?? "") : "";
    const place = [sameRepositoryKey(repository.url), repository.path ?? ".", chart].join(" ");
    const samePlace = places.get(place);
    if (samePlace !== undefined) {
      report.error(["repositories", index, "url"], {
        message: `repositories[${String(samePlace)}] deploys the same folder of the same repository, so the two would fight over each object`,
        value: repository.url,
        fix: "remove one of the two, or give each its own path",
      });
    }
    places.set(place, samePlace ?? index);
    checkOverrides(project, index, report);
  });
}

function checkOverrides(project: PlacedProject, index: number, report: Report): void {
  const known = environmentsOf(project);
  for (const environment of Object.keys(project.repositories[index]?.environments ?? {})) {
    if (known.includes(environment)) continue;
    report.error(["repositories", index, "environments", environment], {
      message: `the project has no environment "${environment}"`,
      allowed: known.join(", "),
      fix: suggestionOr(environment, known, "name one of them, or add it to the project's environments"),
    });
  }
}
