import { execFileSync } from "node:child_process";
import { noCommit, type RefChange } from "./push-event";

/** A commit as GitLab tells it in a push event. */
export interface CommitInfo {
  readonly id: string;
  readonly message: string;
  readonly title: string;
  readonly timestamp: string;
  readonly author: { readonly name: string; readonly email: string };
  readonly added: readonly string[];
  readonly modified: readonly string[];
  readonly removed: readonly string[];
}

/** GitLab tells this many, the latest ones. */
const most = 20;

/** Separates commits and, within one, its fields: neither occurs in texts or file names of commits. */
const [recordMark, fieldMark] = ["\x1e", "\x1f"];

/**
 * The commits that a change has brought to a branch, the oldest first.
 * @param repository its folder and the environment of git; by default those of the process, which is a hook
 */
export function commitsOf(
  { before, after, ref }: RefChange,
  repository: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): CommitInfo[] {
  if (after === noCommit || !ref.startsWith("refs/heads/")) return [];
  // Of a new branch, only what no other branch has.
  const range = before === noCommit ? [after, "--not", `--exclude=${ref}`, "--branches"] : [`${before}..${after}`];
  const fields = ["%H", "%B", "%s", "%cI", "%an", "%ae"].join("%x1f");
  const output = execFileSync(
    "git",
    [
      "log",
      "-z",
      "--reverse",
      `--max-count=${String(most)}`,
      "--name-status",
      "--no-renames",
      `--format=%x1e${fields}%x1f`,
      ...range,
    ],
    { ...repository, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  return output.split(recordMark).slice(1).map(parseCommit);
}

function parseCommit(record: string): CommitInfo {
  const [id = "", message = "", title = "", timestamp = "", name = "", email = "", files = ""] =
    record.split(fieldMark);
  const words = files.split("\0").map((word) => word.trim());
  const entries = words.filter((word) => word !== "");
  const changed = (status: string): string[] =>
    entries.filter((_, index) => index % 2 === 1 && entries[index - 1]?.startsWith(status));
  return {
    id,
    message,
    title,
    timestamp,
    author: { name, email },
    added: changed("A"),
    modified: [...changed("M"), ...changed("T")],
    removed: changed("D"),
  };
}
