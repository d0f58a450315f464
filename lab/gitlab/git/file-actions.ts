/** A change of one file in a commit. Paths are from the repository's top, without a slash in front. */
export type FileAction =
  | { readonly action: "create"; readonly path: string; readonly content: Buffer; readonly executable?: boolean }
  | {
      readonly action: "update";
      readonly path: string;
      readonly content: Buffer;
      readonly executable?: boolean;
      /** The last commit that changed the file, as the one who changes it knows it. */
      readonly lastCommit?: string;
    }
  | { readonly action: "move"; readonly path: string; readonly previous: string; readonly content?: Buffer }
  | { readonly action: "delete"; readonly path: string; readonly lastCommit?: string }
  | { readonly action: "chmod"; readonly path: string; readonly executable: boolean };

/** A file in a tree: its mode and the name of its blob. */
export interface FileEntry {
  readonly mode: string;
  readonly id: string;
}

/** What GitLab says to a commit that cannot be made as asked. */
export class CommitRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CommitRefused";
  }
}

const words = {
  exists: "A file with this name already exists",
  folder: "A directory with this name already exists",
  missing: "A file with this name doesn't exist",
};

/**
 * Changes the files of a tree in the order of the actions, each on what those before it have left. Throws a
 * `CommitRefused` in GitLab's words.
 * @param files by path; changed in place
 * @param store keeps a content and answers the name of its blob
 */
export async function applyActions(
  files: Map<string, FileEntry>,
  actions: readonly FileAction[],
  store: (content: Buffer) => Promise<string>,
): Promise<void> {
  for (const action of actions) {
    if (action.action === "create") {
      refuseTaken(files, action.path);
      files.set(action.path, { mode: modeOf(action.executable), id: await store(action.content) });
      continue;
    }
    const from = action.action === "move" ? action.previous : action.path;
    const entry = files.get(from);
    if (entry === undefined) throw new CommitRefused(words.missing);
    if (action.action === "update") {
      const mode = action.executable === undefined ? entry.mode : modeOf(action.executable);
      files.set(action.path, { mode, id: await store(action.content) });
    } else if (action.action === "chmod") {
      files.set(action.path, { ...entry, mode: modeOf(action.executable) });
    } else if (action.action === "delete") {
      files.delete(action.path);
    } else {
      if (action.path !== from) refuseTaken(files, action.path);
      files.delete(from);
      const id = action.content === undefined ? entry.id : await store(action.content);
      files.set(action.path, { ...entry, id });
    }
  }
}

function refuseTaken(files: ReadonlyMap<string, FileEntry>, path: string): void {
  if (files.has(path)) throw new CommitRefused(words.exists);
  const segments = path.split("/");
  const above = segments.slice(1).map((_, index) => segments.slice(0, index + 1).join("/"));
  if (above.some((folder) => files.has(folder))) throw new CommitRefused(words.exists);
  for (const other of files.keys()) if (other.startsWith(`${path}/`)) throw new CommitRefused(words.folder);
}

function modeOf(executable: boolean | undefined): string {
  return executable === true ? "100755" : "100644";
}
