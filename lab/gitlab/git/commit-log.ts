import type { Repository } from "./repository";

/** A commit, with the names that GitLab's API has for its fields. */
export interface Commit {
  readonly id: string;
  readonly short_id: string;
  readonly created_at: string;
  readonly parent_ids: readonly string[];
  readonly title: string;
  readonly message: string;
  readonly author_name: string;
  readonly author_email: string;
  readonly authored_date: string;
  readonly committer_name: string;
  readonly committer_email: string;
  readonly committed_date: string;
  readonly trailers: Readonly<Record<string, string>>;
}

export interface CommitStats {
  readonly additions: number;
  readonly deletions: number;
  readonly total: number;
}

/** Between the fields of a commit, and after each commit: neither occurs in a message. */
const [fieldMark, recordMark] = ["\x1f", "\x1e"];

const format = ["%H", "%P", "%an", "%ae", "%aI", "%cn", "%ce", "%cI", "%s", "%B", "%(trailers:only,unfold)"].join(
  "%x1f",
);

/**
 * Commits in git's order.
 * @param args of `git log`: revisions and filters. They come from the double, never from a client as they are
 */
export async function readCommits(repository: Repository, args: readonly string[]): Promise<Commit[]> {
  const text = await repository.text(["--literal-pathspecs", "log", `--format=${format}%x1e`, ...args]);
  return text
    .split(recordMark)
    .map((record) => record.replace(/^\n/, ""))
    .filter((record) => record !== "")
    .map(parseCommit);
}

/** One commit by its full name. Throws when it is not there. */
export async function readCommit(repository: Repository, id: string): Promise<Commit> {
  const [commit] = await readCommits(repository, ["--max-count=1", id]);
  if (commit === undefined) throw new Error(`${repository.folder} has no commit ${id}`);
  return commit;
}

export async function commitStats(repository: Repository, id: string): Promise<CommitStats> {
  const text = await repository.text(["show", "--format=", "--numstat", "--first-parent", id]);
  let [additions, deletions] = [0, 0];
  for (const line of text.split("\n")) {
    // A binary file has dashes.
    const [added = "", removed = ""] = line.split("\t");
    additions += Number.parseInt(added, 10) || 0;
    deletions += Number.parseInt(removed, 10) || 0;
  }
  return { additions, deletions, total: additions + deletions };
}

function parseCommit(record: string): Commit {
  const [id = "", parents = "", author = "", authorMail = "", authored = "", ...rest] = record.split(fieldMark);
  const [committer = "", committerMail = "", committed = "", title = "", message = "", trailers = ""] = rest;
  return {
    id,
    short_id: id.slice(0, 8),
    created_at: instant(committed),
    parent_ids: parents === "" ? [] : parents.split(" "),
    title,
    message,
    author_name: author,
    author_email: authorMail,
    authored_date: instant(authored),
    committer_name: committer,
    committer_email: committerMail,
    committed_date: instant(committed),
    trailers: parseTrailers(trailers),
  };
}

/** GitLab tells milliseconds, which Git does not know: `2026-01-02T03:04:05.000+01:00`. */
function instant(iso: string): string {
  return iso.replace(/^(.{19})(Z|[+-].*)$/, (_, time: string, zone: string) => {
    return `${time}.000${zone === "Z" ? "+00:00" : zone}`;
  });
}

function parseTrailers(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line.includes(":"));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
  );
}
