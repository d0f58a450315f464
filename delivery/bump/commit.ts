import { gitError, literal, pathspecs, type Checkout } from "./checkout";
import { writeFiles, type ReadFile } from "./files";

/**
 * Commits the files, which are written already, and nothing else: what is staged besides stays staged. Where git or a
 * hook refuses, the files are as before.
 *
 * @returns the commit's id
 */
export async function commitFiles(checkout: Checkout, files: readonly ReadFile[], message: string): Promise<string> {
  const { git, head } = checkout;
  const { code, out, said } = await git.try([
    "commit",
    "--quiet",
    "--only",
    "--message",
    message,
    "--",
    ...literal(pathspecs(git, files)),
  ]);
  const now = await git.get(["rev-parse", "HEAD"]);
  // A hook after the commit may fail, or a signal come; the commit is there all the same.
  if (now !== head) return now;
  const texts = files.map(({ text }) => text);
  writeFiles(files, texts);
  await git.try(["update-index", "-q", "--refresh"]);
  throw gitError(
    git.folder,
    `git did not commit (${code === null ? "interrupted" : `exit code ${String(code)}`}); the files are as they were`,
    "do what git or its hook asks for, and run the command again",
    `${said}\n${out}`.trim().replaceAll("\n", "\n           ") || "(it said nothing)",
  );
}

export function shortId(id: string): string {
  return id.slice(0, 10);
}
