import { describe, expect, it } from "vitest";
import { limiter } from "../../../../../lab/gitlab/ci/limit";

/** Works that end when they are told to, and the order in which they have begun. */
function works() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      begun.push(name);
      ends.set(name, () => {
        resolve(name);
      });
    });
  return { begun, work, end: (name: string) => ends.get(name)?.() };
}

describe("A limit of works in progress", () => {
  it("holds, and lets those that wait begin in their order", async () => {
    const limit = limiter(2);
    const { begun, work, end } = works();
    const all = ["a", "b", "c", "d"].map((name) => limit(work(name)));
    expect(begun).toEqual(["a", "b"]);
    end("b");
    await all[1];
    await Promise.resolve();
    expect(begun).toEqual(["a", "b", "c"]);
    end("a");
    await all[0];
    await Promise.resolve();
    expect(begun).toEqual(["a", "b", "c", "d"]);
  });

  it("lets nobody pass those that wait, at the moment that a place is free", async () => {
    const limit = limiter(1);
    const { begun, work, end } = works();
    const first = limit(work("first"));
    const second = limit(work("second"));
    const third = first.then(() => limit(work("third")));
    end("first");
    await first;
    await Promise.resolve();
    end("second");
    await second;
    await Promise.resolve();
    end("third");
    await third;
    expect(begun).toEqual(["first", "second", "third"]);
  });

  it("is not used up by a work that fails", async () => {
    const limit = limiter(1);
    await expect(limit(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    await expect(limit(() => Promise.resolve(1))).resolves.toBe(1);
  });
});
