import { join } from "node:path";
import { type GitFiles, gitFilesIn } from "../git/files";
import type { Layout } from "../layout";

/** Where the double keeps what, below its folder. */
export interface GitLabFiles {
  /** One JSON file for each kind of record. */
  readonly state: string;
  /** The administrator's personal access token. */
  readonly rootToken: string;
  /** Makes it seem out of order as long as it is there: see outage.ts. */
  readonly outage: string;
  /** The address that the lab's double names, where it is not its number. */
  readonly url: string;
  /** PEM of an authority that hooks trust beside the public ones; need not be there. */
  readonly trustedCa: string;
  readonly git: GitFiles;
}

export function gitLabFiles(folder: string): GitLabFiles {
  return {
    state: join(folder, "state"),
    rootToken: join(folder, "root-token"),
    outage: join(folder, "outage.json"),
    url: join(folder, "url"),
    trustedCa: join(folder, "trusted-ca.crt"),
    git: gitFilesIn(folder, join(folder, "webhooks.log")),
  };
}

/** The folder of the double that is a part of a lab. */
export function gitLabFolder({ parts }: Pick<Layout, "parts">): string {
  return join(parts, "gitlab");
}

/** The names by which the lab's GitLab is known beside its address; its certificate is for them. */
export const gitLabHostNames = [
  "gitlab.protobox",
  // The host of the platform's GitLab in the example catalogue, for whoever has it lead here.
  "gitlab.cpn.example",
] as const;
