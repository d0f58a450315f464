import { applicationName, excessLength, isReservedNamespace, MAX_NAME_LENGTH, namespaceName } from "./naming";
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
  const namespaces = new Map<string, string>();
  const applications = new Map<string, string>();
  for (const { project, report } of projects) {
    const { organisation, name } = project;
    for (const environment of environmentsOf(project)) {
      const namespace = namespaceName(organisation, name, environment);
      if (checkLength(namespace, `the namespace of ${environment}`, ["name"], report)) {
        claim(namespaces, namespace, `the namespace of ${environment}`, ["name"], report);
      }
      if (isReservedNamespace(namespace) || taken.includes(namespace)) {
        report.error(["organisation"], {
          message: `the namespace of ${environment} would be ${namespace}, which belongs to the cluster or the platform`,
          value: organisation,
          allowed: "an organisation whose name does not begin with kube-",
          fix: "rename the organisation or the project",
        });
      }
      project.repositories.forEach((repository, index) => {
        const application = applicationName(organisation, name, environment, repository.name);
        const path = ["repositories", index, "name"];
        const what = `the Application of ${environment}`;
        if (checkLength(application, what, path, report)) claim(applications, application, what, path, report);
      });
    }
    checkRepositories(project, report);
  }
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

function claim(owners: Map<string, string>, name: string, what: string, path: Path, report: Report): void {
  const owner = owners.get(name);
  // Within one file, two repositories of one name: checkRepositories says so.
  if (owner === undefined) owners.set(name, report.file);
  else if (owner !== report.file) {
    report.error(path, {
      message: `${what} would have the same name as one of ${owner}`,
      value: name,
      fix: `rename the project here or in ${owner}: a hyphen may stand in either part, so a-b + c and a + b-c are the same`,
    });
  }
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
