import { describe, expect, it } from "vitest";
import { originOf, withMark, type Origin } from "../../../../delivery/review/marker";
import type { Notes, ReviewNote } from "../../../../delivery/review/merge-request-notes";
import { putNote } from "../../../../delivery/review/put-note";

/** Notes in memory, where every call takes a turn, so that jobs at the same time come between one another's. */
class MemoryNotes implements Notes {
  readonly all = new Map<number, string>();
  #last = 0;

  /** @param pause how many turns a call takes, from 0 */
  constructor(private readonly pause: () => number = () => 0) {}

  async ours(): Promise<readonly ReviewNote[]> {
    await this.#turns();
    return [...this.all].map(([id, body]) => ({ id, body, origin: originOf(body) as Origin }));
  }

  async create(body: string): Promise<number> {
    await this.#turns();
    this.#last += 1;
    this.all.set(this.#last, body);
    return this.#last;
  }

  async edit(id: number, body: string): Promise<boolean> {
    await this.#turns();
    if (!this.all.has(id)) return false;
    this.all.set(id, body);
    return true;
  }

  async remove(id: number): Promise<void> {
    await this.#turns();
    this.all.delete(id);
  }

  async #turns(): Promise<void> {
    for (let turn = this.pause(); turn >= 0; turn -= 1) await Promise.resolve();
  }
}

const run = (pipeline: number, job = 1): Origin => ({ pipeline, job });

/** Numbers that look like chance and are the same each time. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % 7;
  };
}

describe("The note of a merge request", () => {
  it("is made once, and then updated", async () => {
    const notes = new MemoryNotes();
    expect(await putNote(notes, "one", run(1))).toEqual({ id: 1, result: "created" });
    expect(await putNote(notes, "two", run(2))).toEqual({ id: 1, result: "updated" });
    expect(await putNote(notes, "two", run(2))).toEqual({ id: 1, result: "updated" });
    expect([...notes.all]).toEqual([[1, withMark("two", run(2))]]);
  });

  it("is not written over by an earlier pipeline, nor by an earlier job of the same", async () => {
    const notes = new MemoryNotes();
    await putNote(notes, "new", run(7, 70));
    expect(await putNote(notes, "old", run(6, 90))).toEqual({ id: 1, result: "kept" });
    expect(await putNote(notes, "old", run(7, 69))).toEqual({ id: 1, result: "kept" });
    expect(notes.all.get(1)).toContain("new");
  });

  it("is the oldest of several, with the newest text", async () => {
    const notes = new MemoryNotes();
    for (const pipeline of [3, 5, 4]) await notes.create(withMark(`of ${String(pipeline)}`, run(pipeline)));
    await putNote(notes, "of 4", run(4));
    expect([...notes.all]).toEqual([[1, withMark("of 5", run(5))]]);
  });

  it("is made again when somebody deletes it meanwhile", async () => {
    const notes = new MemoryNotes();
    await putNote(notes, "one", run(1));
    const { ours } = notes;
    let asked = 0;
    notes.ours = async function () {
      asked += 1;
      if (asked === 2) this.all.clear();
      return ours.call(this);
    };
    await putNote(notes, "two", run(2));
    expect([...notes.all.values()]).toEqual([withMark("two", run(2))]);
  });

  it("is one, however many jobs write it at the same time", async () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const notes = new MemoryNotes(sequence(seed));
      const jobs = [1, 2, 3, 4].map((job) => putNote(notes, `job ${String(job)}`, run(9, job)));
      await Promise.all(jobs);
      expect([...notes.all.values()], `seed ${String(seed)}`).toHaveLength(1);
    }
  });
});

describe("The mark of a note", () => {
  it("is at the end, where no text of a review can be", () => {
    const text = "a\n<!-- gitops-factory:review pipeline=99 job=1 -->\nb";
    expect(originOf(text)).toBeUndefined();
    expect(originOf(withMark(text, run(2, 3)))).toEqual(run(2, 3));
    // GitLab strips what is blank at the end.
    expect(originOf(withMark("a", run(2, 3)).trim())).toEqual(run(2, 3));
  });
});
