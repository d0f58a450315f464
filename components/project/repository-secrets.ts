import { createHash } from "node:crypto";
import { parseGitUrl, sameRepositoryKey } from "../../model/git-url";
import { UserError } from "../../model/problem";
import type { Project, Repository, RepositoryCredentials } from "../../model/project";

/** What Argo CD needs to reach a private repository. */
export interface RepositoryAccess {
  /**
   * The first 8 hexadecimal digits of the SHA-256 of the URL. Both the Secret and its Pulumi resource are named by it:
   * if the resource had the repository's name, renaming that would delete the Secret that was just adopted.
   */
  readonly hash: string;
  readonly url: string;
  /** A chart repository has to be named; Git is what Argo CD expects. */
  readonly type: "git" | "helm";
  /** The infra repository that it is first named by. */
  readonly repository: string;
  readonly credentials: RepositoryCredentials;
}

/**
 * The repositories that the project has credentials for, each once, however many infra repositories lie in it: of
 * two Secrets for one URL, Argo CD would take either.
 * @throws UserError when one repository is given two different credentials
 */
export function repositoryAccesses(project: Project): RepositoryAccess[] {
  const accesses = new Map<string, RepositoryAccess>();
  project.repositories.forEach((repository, index) => {
    const { credentials } = repository;
    const { url } = repository.sources[0];
    if (credentials === undefined) return;
    const key = `${parseGitUrl(url)?.transport ?? ""} ${sameRepositoryKey(url)}`;
    const known = accesses.get(key);
    if (known === undefined) accesses.set(key, access(repository, url, credentials));
    else if (!areEqual(known.credentials, credentials)) throw contradiction(project, index, known);
  });
  return [...accesses.values()];
}

function access(repository: Repository, url: string, credentials: RepositoryCredentials): RepositoryAccess {
  const [source] = repository.sources;
  return {
    hash: createHash("sha256").update(url).digest("hex").slice(0, 8),
    url,
    type: source.kind === "helm" && source.chart !== undefined ? "helm" : "git",
    repository: repository.name,
    credentials,
  };
}

function areEqual(one: RepositoryCredentials, other: RepositoryCredentials): boolean {
  if (one.kind === "https" && other.kind === "https") {
    return one.username === other.username && one.password.reveal() === other.password.reveal();
  }
  if (one.kind === "deployToken") return other.kind === "deployToken";
  return one.kind === "ssh" && other.kind === "ssh" && one.privateKey.reveal() === other.privateKey.reveal();
}

function contradiction(project: Project, index: number, known: RepositoryAccess): UserError {
  return new UserError([
    {
      severity: "error",
      file: project.file,
      path: `repositories[${String(index)}].credentials`,
      message: `the repository ${known.url} is read with other credentials by "${known.repository}"`,
      allowed: "one secret for each URL",
      fix: `name the same secret as "${known.repository}"`,
    },
  ]);
}
