import type { ArgoCdSettings } from "./argocd-settings";
import { readCatalogue } from "./catalogue";
import type { Catalogue } from "./catalogue";
import { checkGitLabNames } from "./check-gitlab-names";
import { checkNames } from "./check-names";
import type { NamedProject } from "./check-names";
import { checkPrivateRepositories } from "./check-private-repositories";
import type { GitLab } from "./gitlab";
import { parseGitUrl } from "./git-url";
import { checkHosted, placeRepositories } from "./hosted-repositories";
import { ENVIRONMENT_PATTERN } from "./naming";
import type { Platform } from "./platform";
import { UserError } from "./problem";
import type { Problem } from "./problem";
import type { Project } from "./project";
import type { Report } from "./report";
import { resolveArgoCd } from "./resolve-argocd";
import { resolveGitLab } from "./resolve-gitlab";
import { resolveAccess, resolveClusters, resolveDeletion, resolveDns } from "./resolve-platform";
import { environmentsOf, resolveProject } from "./resolve-project";
import type { ClusterServers } from "./resolve-resources";
import type { StackConfig } from "./schema/stack";
import { readStack } from "./stack-file";
import type { Stack, StackSource } from "./stack-file";
import { suggestionOr } from "./suggest";

export interface LoadedPlatform {
  readonly platform: Platform;
  /** The stack's config as it was read, for those who look at more of it than the platform has. */
  readonly stackFile: Stack;
  /** Problems that do not stop the run. */
  readonly warnings: readonly Problem[];
}

/**
 * Makes the platform of one stack from its config and the catalogue. It reads files and nothing else.
 *
 * Inside the program, `config` is what `pulumi.runtime.allConfig()` gives; offline it is left out, and secrets stay
 * sealed.
 *
 * @throws UserError with all problems of all files
 */
export function loadPlatform(source: StackSource): LoadedPlatform {
  const stackFile = readStack(source);
  const { report, config } = stackFile;
  const catalogue = readCatalogue(source.root, config?.catalog ?? "catalog");
  const projects = catalogue.entries.flatMap(({ project, report: own }) =>
    project ? [{ project: placeRepositories(project, config?.gitlab), report: own }] : [],
  );
  const argocd = config && resolveArgoCd(config.argocd ?? {}, config.secrets ?? {}, serversOf(config), report);
  checkNames(projects, argocd === undefined ? [] : [argocd.namespace]);
  checkPrivateRepositories(projects);
  if (config?.gitlab !== undefined) checkGitLabNames(projects, config.gitlab);
  const environment = config?.environment ?? source.stack;
  if (config !== undefined) checkEnvironment(environment, source.stack, projects, report);
  checkPromotion(environment, config?.promotion?.from, projects, report);
  const resolved = config === undefined ? [] : resolveProjects(projects, environment, config);
  const gitlab =
    config &&
    resolveGitLab({ root: source.root, environment, stack: config, projects, now: source.now ?? new Date() }, report);
  const platform: Platform | undefined = config &&
    argocd && {
      environment,
      kubernetes: resolveAccess(config.kubernetes ?? {}, config.secrets ?? {}, ["kubernetes"], report),
      argocd: trusting(gitlab, withApplicationsOf(resolved, argocd)),
      ...withDns(config),
      ...(gitlab && { gitlab }),
      deletion: resolveDeletion(config.deletion, environment),
      clusters: resolveClusters(config, report),
      projects: resolved,
    };
  const problems = gather(report, catalogue);
  if (platform === undefined || problems.some(({ severity }) => severity === "error")) throw new UserError(problems);
  return { platform, stackFile, warnings: problems };
}

function serversOf(config: StackConfig): ClusterServers {
  return Object.fromEntries(Object.entries(config.clusters ?? {}).map(([name, { server }]) => [name, server]));
}

/** Argo CD heeds Applications in the namespaces of the projects that may have some. */
function withApplicationsOf(projects: readonly Project[], argocd: ArgoCdSettings): ArgoCdSettings {
  const own = projects.filter(({ ownApplications }) => ownApplications).map(({ namespace }) => namespace);
  return { ...argocd, applicationNamespaces: [...argocd.applicationNamespaces, ...own] };
}

/** Argo CD trusts what the platform itself trusts, unless it is told what to trust of that host. */
function trusting(gitlab: GitLab | undefined, argocd: ArgoCdSettings): ArgoCdSettings {
  const host = parseGitUrl(`${gitlab?.url ?? ""}/any`)?.host;
  if (gitlab?.certificateAuthority === undefined || host === undefined) return argocd;
  return {
    ...argocd,
    tlsCertificates: { [host]: gitlab.certificateAuthority.pem, ...argocd.tlsCertificates },
  };
}

function withDns(config: StackConfig): Pick<Platform, "dns"> {
  const dns = resolveDns(config.dns);
  return dns === undefined ? {} : { dns };
}

function resolveProjects(projects: readonly NamedProject[], environment: string, config: StackConfig): Project[] {
  return projects
    .filter(({ project }) => environmentsOf(project).includes(environment))
    .map(({ project, report }) => {
      checkHosted(project, config.gitlab, report);
      return resolveProject(project, environment, config, report);
    });
}

/**
 * A stack whose environment no project has would take every project of a running platform away; that is more
 * likely a slip of the pen than a wish.
 */
function checkEnvironment(environment: string, stack: string, projects: readonly NamedProject[], report: Report): void {
  const known = [...new Set(projects.flatMap(({ project }) => environmentsOf(project)))].sort();
  if (!ENVIRONMENT_PATTERN.test(environment)) {
    report.error(["environment"], {
      message: "the stack's name is no environment, and the config names none",
      value: stack,
      allowed: "2 to 11 lower-case letters and digits",
      fix: `pulumi config set environment ${known[0] ?? "NAME"}`,
    });
  } else if (known.length > 0 && !known.includes(environment)) {
    report.error(["environment"], {
      message: "no project of the catalogue has this environment",
      value: environment,
      allowed: known.join(", "),
      fix: suggestionOr(environment, known, "add it to a project's environments, or set gitops-factory:environment"),
    });
  }
}

/** Nothing is promoted from an environment that there is not. */
function checkPromotion(
  environment: string,
  from: string | undefined,
  projects: readonly NamedProject[],
  report: Report,
): void {
  const known = [...new Set(projects.flatMap(({ project }) => environmentsOf(project)))].sort();
  const others = known.filter((one) => one !== environment);
  if (from === undefined || known.length === 0 || others.includes(from)) return;
  report.error(["promotion", "from"], {
    message: from === environment ? "this is the stack's own environment" : "no project of the catalogue has it",
    value: from,
    allowed: others.length === 0 ? "nothing: there is no other environment" : others.join(", "),
    fix: suggestionOr(from, others, "name one of these, or remove it"),
  });
}

/** The problems of all files: the stack's first, then the catalogue's by path; those of a file from top to bottom. */
function gather(stack: Report, catalogue: Catalogue): Problem[] {
  const files = [stack, catalogue.report, ...catalogue.entries.map(({ report }) => report)];
  return files.flatMap(({ problems }) => [...problems].sort((one, other) => offset(one) - offset(other)));
}

/** Orders places of one file; a column is never near 1,000,000. */
function offset({ position }: Problem): number {
  return position === undefined ? 0 : position.line * 1_000_000 + position.column;
}
