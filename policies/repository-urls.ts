import { APPLICATION_PARTS, applicationsOf, isTemplated, statedSources } from "./application-specs";
import type { SourcePlace } from "./application-specs";
import { APP_PROJECTS } from "./kinds";
import { listAt, textAt } from "./read";
import type { Subject } from "./rule";
import { isRepositorySecret, SECRETS, secretValues } from "./secret-values";

/** A repository's URL, and where it is. */
export interface RepositoryUrl {
  readonly path: string;
  readonly url: string;
}

/** What names repositories by URL. */
export const NAMING_REPOSITORIES: readonly string[] = [...APP_PROJECTS, ...APPLICATION_PARTS, ...SECRETS];

/** The URLs of repositories that a resource names; patterns of AppProjects are not among them. */
export function repositoryUrls(subject: Subject): readonly RepositoryUrl[] {
  const { type, inputs } = subject;
  if (APP_PROJECTS.includes(type)) {
    return listAt(inputs, "spec", "sourceRepos").flatMap((url, index) =>
      typeof url === "string" && !/^!|^\*+$/.test(url) ? [{ path: `spec.sourceRepos[${String(index)}]`, url }] : [],
    );
  }
  if (APPLICATION_PARTS.includes(type)) return applicationsOf(subject).flatMap(statedSources).flatMap(urlOf);
  if (!isRepositorySecret(subject)) return [];
  return secretValues(subject).flatMap(({ key, path, text }) => (key === "url" ? [{ path, url: text }] : []));
}

function urlOf({ path, source }: SourcePlace): RepositoryUrl[] {
  const url = textAt(source, "repoURL");
  return url === undefined || isTemplated(url) ? [] : [{ path: `${path}.repoURL`, url }];
}

/** The parts of a URL that rules look at. */
export interface UrlParts {
  /** Lower case; `ssh` for scp's form `git@host:path`, `oci` for a registry without a scheme. */
  readonly scheme: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** Without brackets and port. */
  readonly host: string;
}

/** Takes a repository's URL apart, as Git and Helm read it; Argo CD passes over blanks around it. */
export function urlParts(text: string): UrlParts | undefined {
  const url = text.trim();
  const full = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/?#]*)@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(url);
  if (full !== null) {
    const [, scheme = "", userInfo, host = ""] = full;
    const [user, password] = userInfo?.split(/:(.*)/s) ?? [];
    return { scheme: scheme.toLowerCase(), user, password, host: bare(host) };
  }
  const scp = /^(?:([^@/:\s]+)@)?(\[[^\]\s]+\]|[^:/\s]+):(?!\d+\/)\S/.exec(url);
  if (scp !== null) return { scheme: "ssh", user: scp[1], password: undefined, host: bare(scp[2] ?? "") };
  const registry = /^([\w.-]+\.[\w-]+|localhost)(?::\d+)?(?:\/|$)/.exec(url);
  return registry === null
    ? undefined
    : { scheme: "oci", user: undefined, password: undefined, host: registry[1] ?? "" };
}

/** A URL without what may be a secret in it. */
export function withoutUserInfo(url: string): string {
  return url.replace(/\/\/[^/?#]*@/, "//(not shown)@").replace(/[?#].*$/s, "?(not shown)");
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1").toLowerCase();
}
