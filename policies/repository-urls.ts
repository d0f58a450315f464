import { APP_PROJECT, APPLICATION, APPLICATION_SET } from "./kinds";
import { at, listAt, textAt } from "./read";
import type { Subject } from "./rule";
import { isRepositorySecret, SECRETS, secretValues } from "./secret-values";

/** A repository's URL, and where it is. */
export interface RepositoryUrl {
  readonly path: string;
  readonly url: string;
}

/** What names repositories by URL. */
export const NAMING_REPOSITORIES: readonly string[] = [APP_PROJECT, APPLICATION, APPLICATION_SET, ...SECRETS];

/** The URLs of repositories that a resource names; patterns of AppProjects are not among them. */
export function repositoryUrls(subject: Subject): readonly RepositoryUrl[] {
  const { type, inputs } = subject;
  if (type === APP_PROJECT) {
    return listAt(inputs, "spec", "sourceRepos").flatMap((url, index) =>
      typeof url === "string" && !/^!|^\*+$/.test(url) ? [{ path: `spec.sourceRepos[${String(index)}]`, url }] : [],
    );
  }
  if (type === APPLICATION) return sourceUrls(at(inputs, "spec"), "spec");
  if (type === APPLICATION_SET) return sourceUrls(at(inputs, "spec", "template", "spec"), "spec.template.spec");
  if (!isRepositorySecret(subject)) return [];
  return secretValues(subject).flatMap(({ key, path, text }) => (key === "url" ? [{ path, url: text }] : []));
}

/**
 * The sources that an Application states, and where each is; beside `sources`, Argo CD passes over `source`, which is
 * readable all the same.
 */
export function statedSources(
  spec: unknown,
  path: string,
): readonly { readonly path: string; readonly source: unknown }[] {
  const one = at(spec, "source");
  return [
    ...(one === undefined ? [] : [{ path: `${path}.source`, source: one }]),
    ...listAt(spec, "sources").map((source, index) => ({ path: `${path}.sources[${String(index)}]`, source })),
  ];
}

function sourceUrls(spec: unknown, specPath: string): RepositoryUrl[] {
  return statedSources(spec, specPath).flatMap(({ path, source }) => {
    const url = textAt(source, "repoURL");
    return url === undefined || url.includes("{{") ? [] : [{ path: `${path}.repoURL`, url }];
  });
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

/** Takes a repository's URL apart, as Git and Helm read it. */
export function urlParts(url: string): UrlParts | undefined {
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
