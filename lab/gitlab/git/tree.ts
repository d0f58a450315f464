import type { Repository } from "./repository";

/** An entry of a tree, as GitLab's API tells it. */
export interface TreeEntry {
  readonly id: string;
  readonly name: string;
  readonly type: "tree" | "blob" | "commit";
  /** From the repository's top. */
  readonly path: string;
  /** `100644`, `100755`, `120000`, `040000` or `160000`. */
  readonly mode: string;
}

/**
 * What a folder holds: folders first, then files, each by name.
 * @param path of the folder, empty for the top
 * @returns undefined when it is not there or is no folder
 */
export async function listTree(
  repository: Repository,
  commit: string,
  path: string,
  recursive: boolean,
): Promise<TreeEntry[] | undefined> {
  const folder = trimSlashes(path);
  const tree = await repository.object(folder === "" ? `${commit}^{tree}` : `${commit}:${folder}`);
  if (tree === undefined || (await repository.text(["cat-file", "-t", tree])) !== "tree") return undefined;
  const text = await repository.text(["ls-tree", "-z", ...(recursive ? ["-r", "-t"] : []), tree]);
  const entries = text
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => parseEntry(line, folder));
  const rank = ({ type }: TreeEntry): number => ["tree", "blob", "commit"].indexOf(type);
  return entries.sort((a, b) => rank(a) - rank(b));
}

/** The entry of one path. */
export async function findEntry(repository: Repository, commit: string, path: string): Promise<TreeEntry | undefined> {
  // Without this the path would be taken for a pattern.
  const text = await repository.maybe(["--literal-pathspecs", "ls-tree", "-z", commit, "--", trimSlashes(path)]);
  const [line = ""] = (text ?? "").split("\0");
  return line === "" ? undefined : parseEntry(line, "");
}

/** The last commit, from this one back, that changed a path. */
export async function lastCommitOf(repository: Repository, commit: string, path: string): Promise<string> {
  return repository.text(["--literal-pathspecs", "rev-list", "--max-count=1", commit, "--", trimSlashes(path)]);
}

export function readBlob(repository: Repository, id: string): Promise<Buffer> {
  return repository.bytes(["cat-file", "blob", id]);
}

function trimSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, "");
}

function parseEntry(line: string, folder: string): TreeEntry {
  const tab = line.indexOf("\t");
  const [mode = "", type = "", id = ""] = line.slice(0, tab).split(" ");
  const path = folder === "" ? line.slice(tab + 1) : `${folder}/${line.slice(tab + 1)}`;
  return { id, name: path.slice(path.lastIndexOf("/") + 1), type: type as TreeEntry["type"], path, mode };
}
