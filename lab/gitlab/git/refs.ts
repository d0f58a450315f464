import { noCommit } from "../../git/webhooks/push-event";
import { CommitRefused } from "./file-actions";
import type { Repository } from "./repository";

/** A branch or tag by its short name. */
export interface Ref {
  readonly name: string;
  /** What it points at: of an annotated tag, the tag's own object. */
  readonly target: string;
  /** The commit behind it. */
  readonly commit: string;
  /** Of an annotated tag. */
  readonly message: string | null;
  /** ISO 8601; of an annotated tag. */
  readonly createdAt: string | null;
}

const marks = { field: "\x1f", record: "\x1e" };

/**
 * Branches or tags, by name.
 * @param which of them: options of `git for-each-ref`; the one of a name alone
 */
export async function listRefs(
  repository: Repository,
  kind: "heads" | "tags",
  { options = [], name }: { readonly options?: readonly string[]; readonly name?: string } = {},
): Promise<Ref[]> {
  const fields = ["%(refname)", "%(objectname)", "%(objecttype)", "%(*objectname)", "%(taggerdate:iso-strict)"];
  const format = `${[...fields, "%(contents)"].join("%1f")}%1e`;
  const scope = name === undefined ? `refs/${kind}` : `refs/${kind}/${name}`;
  const text = await repository.text(["for-each-ref", `--format=${format}`, ...options, scope]);
  const refs = text
    .split(marks.record)
    .map((record) => record.replace(/^\n/, ""))
    .filter((record) => record !== "")
    .map((record) => {
      const [ref = "", target = "", type = "", peeled = "", date = "", contents = ""] = record.split(marks.field);
      const isAnnotated = type === "tag";
      return {
        name: ref.slice(`refs/${kind}/`.length),
        target,
        commit: isAnnotated ? peeled : target,
        message: isAnnotated ? contents.trim() : null,
        createdAt: isAnnotated ? date : null,
      };
    });
  // A name is also a pattern for what lies below it.
  return name === undefined ? refs : refs.filter((ref) => ref.name === name);
}

/** Whether git takes this for the name of a branch or tag. */
export async function isRefName(repository: Repository, name: string): Promise<boolean> {
  if (name.startsWith("-") || name === "HEAD") return false;
  return (await repository.maybe(["check-ref-format", `refs/heads/${name}`])) !== undefined;
}

/**
 * Moves, makes or removes a ref, provided that it is where it was. Throws a `CommitRefused` when somebody else has moved
 * it in the meantime.
 * @param before and `after`: 40 zeros for no commit
 */
export async function moveRef(repository: Repository, ref: string, before: string, after: string): Promise<void> {
  const args = after === noCommit ? ["update-ref", "-d", ref, before] : ["update-ref", ref, after, before];
  if ((await repository.maybe(args)) !== undefined) return;
  throw new CommitRefused(`Could not update ${ref}. Please refresh and try again.`);
}

/** Writes the object of an annotated tag, and no ref to it. */
export function writeTag(
  repository: Repository,
  name: string,
  commit: string,
  { message, tagger, date }: { message: string; tagger: { name: string; email: string }; date: Date },
): Promise<string> {
  const seconds = String(Math.floor(date.getTime() / 1000));
  const head = [`object ${commit}`, "type commit", `tag ${name}`];
  const lines = [...head, `tagger ${tagger.name} <${tagger.email}> ${seconds} +0000`, "", message, ""];
  return repository.text(["mktag"], { input: lines.join("\n") });
}
