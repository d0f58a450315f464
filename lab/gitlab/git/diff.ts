import type { Repository } from "./repository";

/** The change of one file, as GitLab's API tells it. */
export interface FileDiff {
  /** Without git's heading: from the first `@@` on. */
  readonly diff: string;
  readonly new_path: string;
  readonly old_path: string;
  readonly a_mode: string;
  readonly b_mode: string;
  readonly new_file: boolean;
  readonly renamed_file: boolean;
  readonly deleted_file: boolean;
  readonly generated_file: boolean;
}

/** The tree without an entry, which git knows without storing it: what a first commit is compared with. */
export const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/** What differs between two commits or trees. */
export async function diffOf(repository: Repository, from: string, to: string): Promise<FileDiff[]> {
  const raw = await repository.text(["diff", "--raw", "-z", "-M", "--no-abbrev", from, to]);
  const patch = await repository.text(["diff", "-M", "--no-color", "--no-ext-diff", from, to]);
  // No line of a file's own begins so: git puts a blank, + or - in front.
  const texts = patch.split(/^diff --git .*\n/m).slice(1);
  return readRaw(raw).map((change, index) => ({ diff: bodyOf(texts[index] ?? ""), ...change }));
}

type Change = Omit<FileDiff, "diff">;

/** `:100644 100644 <id> <id> M`, then one path, of a renamed file two. */
function readRaw(raw: string): Change[] {
  const words = raw.split("\0").filter((word) => word !== "");
  const changes: Change[] = [];
  for (let at = 0; at < words.length;) {
    const [aMode = "", bMode = "", , , status = ""] = (words[at] ?? "").slice(1).split(" ");
    const renamed = /^[RC]/.test(status);
    const old = words[at + 1] ?? "";
    changes.push({
      new_path: renamed ? (words[at + 2] ?? "") : old,
      old_path: old,
      a_mode: aMode === "000000" ? "0" : aMode,
      b_mode: bMode === "000000" ? "0" : bMode,
      new_file: status === "A",
      renamed_file: renamed,
      deleted_file: status === "D",
      generated_file: false,
    });
    at += renamed ? 3 : 2;
  }
  return changes;
}

function bodyOf(patch: string): string {
  const start = /^(@@|Binary files )/m.exec(patch);
  return start === null ? "" : `${patch.slice(start.index).replace(/\n$/, "")}\n`;
}
