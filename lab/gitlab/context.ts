import type { GitLabEmitter } from "./events";
import type { GitLabFiles } from "./files";
import type { GitFiles } from "../git/files";
import type { Store } from "./store/store";

/** What every area of the API works on. */
export interface GitLabContext {
  readonly folder: string;
  readonly store: Store;
  /** The address that the answers name, without a slash at its end: `http://127.0.0.1:41235`. */
  readonly url: string;
  readonly paths: GitLabFiles;
  /** Where the repositories are; that of a project is `projects/<id>` (see repository.ts). */
  readonly files: GitFiles;
  /** git's path. */
  readonly git: string;
  readonly events: GitLabEmitter;
  /** The double's clock. */
  now(): Date;
  /** Writes a line to the log. Never with a secret in it. */
  log(line: string): void;
}

/** The present as GitLab's API writes it. */
export function timestamp(context: Pick<GitLabContext, "now">): string {
  return context.now().toISOString();
}

/** The day, `2026-12-31`, in UTC. @param days added to it */
export function day(context: Pick<GitLabContext, "now">, days = 0): string {
  return new Date(context.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
