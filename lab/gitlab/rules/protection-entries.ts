import { z } from "zod";
import { level } from "../auth/levels";
import type { GitLabContext } from "../context";
import { badParameters } from "../http/errors";
import type { AccessEntry } from "../store/protection";

/** One of `allowed_to_push`, `allowed_to_merge` and so on, as requests have them; numbers may come as text. */
const entryShape = z.object({
  id: z.coerce.number().int().optional(),
  access_level: z.coerce.number().int().optional(),
  user_id: z.coerce.number().int().optional(),
  group_id: z.coerce.number().int().optional(),
  /** Takes the entry of this id away. */
  _destroy: z.union([z.boolean(), z.string()]).optional(),
});
type AskedEntry = z.infer<typeof entryShape>;

/**
 * The entries of a new rule.
 * @param lists what was asked for by `allowed_to_…`
 * @param role what was asked for by `…_access_level`. @default maintainers, where there is no list either
 */
export function newEntries(context: GitLabContext, lists: unknown, role: number | undefined): AccessEntry[] {
  const asked = read(lists);
  const roles =
    role !== undefined ? [{ access_level: role }] : asked.length === 0 ? [{ access_level: level.maintainer }] : [];
  return [...roles, ...asked].map((entry) => makeEntry(context, entry));
}

/** The entries of a rule after a change: some are added, changed by their id, or taken away. */
export function changeEntries(context: GitLabContext, entries: readonly AccessEntry[], lists: unknown): AccessEntry[] {
  return read(lists).reduce<AccessEntry[]>(
    (before, asked) => {
      if (asked.id === undefined) return [...before, makeEntry(context, asked)];
      if (String(asked._destroy) === "true") return before.filter(({ id }) => id !== asked.id);
      return before.map((entry) => (entry.id === asked.id ? { ...makeEntry(context, asked), id: entry.id } : entry));
    },
    [...entries],
  );
}

function read(lists: unknown): AskedEntry[] {
  if (lists === undefined || lists === null || lists === "") return [];
  const read = z.array(entryShape).safeParse(Array.isArray(lists) ? lists : Object.values(lists));
  if (!read.success) throw badParameters("allowed_to_push, allowed_to_merge is invalid");
  return read.data;
}

function makeEntry({ store }: GitLabContext, { access_level, user_id, group_id }: AskedEntry): AccessEntry {
  const named = user_id !== undefined || group_id !== undefined;
  return {
    id: store.protectedBranches.reserveId(),
    access_level: named ? null : (access_level ?? level.maintainer),
    user_id: user_id ?? null,
    group_id: group_id ?? null,
  };
}

const descriptions: Readonly<Record<number, string>> = {
  0: "No one",
  30: "Developers + Maintainers",
  40: "Maintainers",
  60: "Administrators",
};

export function entriesBody(entries: readonly AccessEntry[]): Record<string, unknown>[] {
  return entries.map(({ id, access_level, user_id, group_id }) => ({
    id,
    access_level,
    access_level_description: access_level === null ? "" : (descriptions[access_level] ?? ""),
    deploy_key_id: null,
    user_id,
    group_id,
  }));
}
