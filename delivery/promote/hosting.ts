import { parseGitUrl } from "../../model/git-url";
import { gitError, remotesOf } from "../bump/checkout";
import { withoutCredentials, type Git } from "../bump/git";

/** The GitLab project that the platform's repository is. */
export interface Hosting {
  /** GitLab's own address. */
  readonly url: string;
  /** `platform/factory` */
  readonly path: string;
  /** The repository's URL for git, without a user or a password. */
  readonly remote: string;
}

/**
 * Where the clone comes from: its `origin`, or its only remote.
 *
 * @param known addresses of GitLab that are known otherwise, as one below a path cannot be told from a clone's URL
 * @throws UserError where the clone has no remote, or one that is on no GitLab
 */
export async function hostingOf(git: Pick<Git, "ask" | "folder">, known: readonly string[]): Promise<Hosting> {
  const { remotes, main } = await remotesOf(git);
  const url = main === undefined ? undefined : await git.ask(["remote", "get-url", main]);
  if (url === undefined) {
    const message = "the clone has no remote, on which a merge request could be";
    throw gitError(git.folder, message, "git remote add origin URL", remotes.join(", ") || "(none)");
  }
  // The user of an SSH URL is part of the address.
  const remote = /^https?:/i.test(url) ? withoutCredentials(url) : url;
  const parsed = parseGitUrl(remote);
  if (parsed === undefined) {
    const fix = "clone the platform's repository from GitLab, or go without --merge-request";
    throw gitError(git.folder, "the clone's remote is on no GitLab", fix, withoutCredentials(remote));
  }
  const path = (text: string): string => text.replace(/\/+$/, "").replace(/\.git$/, "");
  const server = known.map((one) => one.replace(/\/+$/, "")).find((one) => isOn(one, remote, parsed.host));
  if (parsed.transport === "ssh") return { url: server ?? `https://${parsed.host}`, path: path(parsed.path), remote };
  const base = server ?? new URL(remote).origin;
  return { url: base, path: path(remote.slice(base.length + 1)), remote };
}

function isOn(server: string, remote: string, host: string): boolean {
  if (/^https?:/.test(remote)) return remote.startsWith(`${server}/`);
  return URL.canParse(server) && new URL(server).hostname === host;
}
