import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { GitFiles } from "../git/files";
import { createRepository, gitEnvironment } from "../git/repositories";

const run = promisify(execFile);

/** One repository of the catalogue's stack `dev`. */
export interface DemoRepository {
  /** Its folder beneath `repositories/`. */
  readonly folder: string;
  /** Its host and its path there, as the catalogue's URL has them. */
  readonly host: string;
  readonly path: string;
  readonly branch: string;
}

export const demoRepositories: readonly DemoRepository[] = [
  { folder: "docserver", host: "git.protobox", path: "gitlab/protobox1/docserver", branch: "CD" },
  { folder: "shop", host: "git.acme.example", path: "shop/deploy", branch: "main" },
  { folder: "infra-api", host: "gitlab.cpn.example", path: "ministere/demarches/infra-api", branch: "main" },
  { folder: "infra-front", host: "gitlab.cpn.example", path: "ministere/demarches/infra-front", branch: "main" },
];

/** Puts a repository on the lab's Git server. One that has a branch stays as it is, with what was pushed since. */
export async function publish(files: GitFiles, { folder, path, branch }: DemoRepository): Promise<void> {
  const env = {
    ...gitEnvironment(files),
    GIT_AUTHOR_NAME: "Demonstration",
    GIT_AUTHOR_EMAIL: "demonstration@lab.example",
    GIT_COMMITTER_NAME: "Demonstration",
    GIT_COMMITTER_EMAIL: "demonstration@lab.example",
  };
  const bare = await createRepository(files, path);
  const git = async (...args: readonly string[]): Promise<string> => (await run("git", args, { env })).stdout;
  if ((await git("-C", bare, "for-each-ref")) !== "") return;
  const work = mkdtempSync(join(tmpdir(), "gitops-factory-demo-"));
  try {
    cpSync(join(__dirname, "repositories", folder), work, { recursive: true });
    await git("-C", work, "init", "--quiet", `--initial-branch=${branch}`);
    await git("-C", work, "add", ".");
    await git("-C", work, "commit", "--quiet", "--message", `${folder}: first deployment`);
    await git("-C", work, "push", "--quiet", bare, branch);
    // What HEAD, the default revision, means to those who clone it.
    await git("-C", bare, "symbolic-ref", "HEAD", `refs/heads/${branch}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
