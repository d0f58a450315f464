import { isNewer, withMark, type Origin } from "./marker";
import type { Notes, ReviewNote } from "./merge-request-notes";

/** How often it is looked whether another job has written something older over the note. */
const ROUNDS = 5;

export interface PutNote {
  readonly id: number;
  /** `kept`: a later pipeline's review is there, and stays. */
  readonly result: "created" | "updated" | "kept";
}

/**
 * Sees that a merge request has one review, the newest. Jobs that run at the same time each make a note where none is,
 * and each then looks again: the oldest note stays, with the newest text, and the others go.
 */
export async function putNote(notes: Notes, text: string, origin: Origin): Promise<PutNote> {
  const body = withMark(text, origin);
  let created: number | undefined;
  if ((await notes.ours()).length === 0) created = await notes.create(body);
  for (let round = 0; round < ROUNDS; round += 1) {
    const [oldest, ...others] = await notes.ours();
    if (oldest === undefined) {
      // Somebody has deleted it in between.
      created = await notes.create(body);
      continue;
    }
    const newest = newestOf([oldest, ...others, { id: 0, body, origin }]);
    if (oldest.body.trim() !== newest.body.trim() && !(await notes.edit(oldest.id, newest.body))) continue;
    for (const { id } of others) await notes.remove(id);
    if (others.length > 0 || oldest.body.trim() !== newest.body.trim()) {
      if (!(await isStanding(notes, oldest.id, newest))) continue;
    }
    if (newest.id !== 0 && newest.body.trim() !== body.trim()) return { id: oldest.id, result: "kept" };
    return { id: oldest.id, result: oldest.id === created ? "created" : "updated" };
  }
  const [oldest] = await notes.ours();
  return { id: oldest?.id ?? 0, result: "kept" };
}

/** The last of those that are equally new is this job's own. */
function newestOf(notes: readonly ReviewNote[]): ReviewNote {
  return notes.reduce((newest, note) => (isNewer(newest.origin, note.origin) ? newest : note));
}

/** Whether nobody has written an older text over it, or made a further note, since it was looked at. */
async function isStanding(notes: Notes, id: number, newest: ReviewNote): Promise<boolean> {
  const [oldest, ...others] = await notes.ours();
  return oldest?.id === id && others.length === 0 && !isNewer(newest.origin, oldest.origin);
}
