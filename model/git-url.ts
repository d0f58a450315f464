import { isAddress, isHostName } from "./addresses";
import type { Finding } from "./report";
import { shownUrl } from "./shown-url";

/** How Argo CD reaches a repository: this picks the form of its credentials. */
export type Transport = "https" | "http" | "ssh";

export interface GitUrl {
  readonly transport: Transport;
  /** Without brackets, lower case. */
  readonly host: string;
  /** Without a leading slash. */
  readonly path: string;
}

const ALLOWED = "https://host/path.git, http://host/path.git, ssh://git@host/path.git or git@host:path.git";

/** The parts of a URL that Git takes: a real URL, or `user@host:path` as scp writes it. */
interface Parts {
  readonly scheme: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly host: string;
  readonly path: string;
  readonly extra: boolean;
}

function parts(url: string): Parts | undefined {
  const scp = /^(?:([^@/:\s]+)@)(\[[^\]\s]+\]|[^:/\s]+):(?!\/\/)(.+)$/.exec(url);
  if (scp !== null && !url.includes("://")) {
    const [, user, host = "", path = ""] = scp;
    return { scheme: "ssh", user, password: undefined, host: bare(host), path: path.replace(/^\/+/, ""), extra: false };
  }
  const full =
    /^([a-z][a-z0-9+.-]*):\/\/(?:([^/?#]*)@)?(\[[^\]\s]+\]|[^:/?#\s]*)(?::[0-9]{1,5})?(\/[^?#\s]*)?([?#].*)?$/i.exec(
      url,
    );
  if (full === null) return undefined;
  const [, scheme = "", userInfo, host = "", path = "", extra] = full;
  const [user, password] = userInfo?.split(/:(.*)/s) ?? [];
  return {
    scheme: scheme.toLowerCase(),
    user,
    password,
    host: bare(host),
    path: path.replace(/^\/+/, ""),
    extra: extra !== undefined,
  };
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1").toLowerCase();
}

/** Takes apart a repository's URL; absent when `gitUrlFinding` has something to say about it. */
export function parseGitUrl(url: string): GitUrl | undefined {
  const found = parts(url);
  if (found === undefined || gitUrlFinding(url) !== undefined) return undefined;
  return { transport: found.scheme as Transport, host: found.host, path: found.path };
}

/** What is wrong with a repository's URL. What could be a password or a token is never repeated. */
export function gitUrlFinding(url: string): Finding | undefined {
  const found = parts(url);
  if (found === undefined) {
    return {
      message: "the value is not the URL of a repository",
      value: shownUrl(url),
      allowed: ALLOWED,
      fix: "write one of these forms",
    };
  }
  const { scheme, host, path } = found;
  const web = scheme === "https" || scheme === "http";
  const value = `${scheme}://${host}/${path}`;
  if (found.password !== undefined || (web && found.user !== undefined)) {
    return {
      message: "the URL holds a user or a password, which everyone who reads Git would see",
      value: `${scheme}://(not shown)@${host}/${path}`,
      allowed: ALLOWED,
      fix:
        "remove it, put it into the stack's config (pulumi config set --path --secret secrets.NAME.password), " +
        "write `credentials: NAME` here, and revoke the one that stood here",
    };
  }
  if (found.extra) {
    return {
      message: "the URL holds a query or a fragment, which Git does not take and which may hold a token",
      value,
      allowed: ALLOWED,
      fix: "remove everything from the ? or # on",
    };
  }
  if (!web && scheme !== "ssh") {
    return {
      message: `Argo CD is not given repositories by ${scheme}`,
      value,
      allowed: ALLOWED,
      fix: "use https or ssh",
    };
  }
  if (!isAddress(host) && !isHostName(host)) {
    return { message: "the URL's host is not a name", value, allowed: ALLOWED, fix: "correct the host" };
  }
  return undefined;
}

/** The same for a Git repository, which is more than a server; a chart repository may be a server's root. */
export function gitRepositoryFinding(url: string): Finding | undefined {
  const finding = gitUrlFinding(url);
  if (finding !== undefined || parseGitUrl(url)?.path !== "") return finding;
  return {
    message: "the URL names a server, but no repository on it",
    allowed: ALLOWED,
    fix: "add the repository's path",
  };
}

/** Two spellings of one repository are equal in this form: `.git`, slashes and the host's case do not count. */
export function sameRepositoryKey(url: string): string {
  const parsed = parseGitUrl(url);
  if (parsed === undefined) return url;
  return `${parsed.host}/${parsed.path.replace(/\/+$/, "").replace(/\.git$/, "")}`;
}
