import { afterEach, describe, expect, it, vi } from "vitest";
import { interruptible } from "../../../delivery/interruptible";

describe("work that can be interrupted", () => {
  afterEach(() => {
    process.exitCode = undefined;
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it("gives its result and leaves no listener behind", async () => {
    const before = process.listenerCount("SIGINT");
    expect(await interruptible(() => Promise.resolve("done"))).toBe("done");
    expect(process.listenerCount("SIGINT")).toBe(before);
    expect(process.exitCode).toBeUndefined();
  });

  it("passes an error on that is not an interrupt's", async () => {
    await expect(interruptible(() => Promise.reject(new Error("no disk")))).rejects.toThrow("no disk");
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("cleans up after %s and exits with %i", async (signal, exitCode) => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const journal: string[] = [];
    const result = await interruptible(async (abort) => {
      process.emit(signal, signal);
      // A second Ctrl-C of an impatient user must not cut the clean-up short.
      process.emit(signal, signal);
      journal.push("cleaned up");
      await Promise.resolve();
      throw abort.reason;
    });
    expect(result).toBeUndefined();
    expect(journal).toEqual(["cleaned up"]);
    expect(process.exitCode).toBe(exitCode);
    expect(said).toHaveBeenCalledExactlyOnceWith(`\n${signal}: stopping what was started\n`);
  });

  it("is told of another Ctrl-C, but not of the same one that npm passes on", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const told: boolean[] = [];
    await interruptible((_, again) => {
      for (const later of [0, 50, 1000]) {
        vi.advanceTimersByTime(later);
        process.emit("SIGINT", "SIGINT");
        told.push(again.aborted);
      }
      return Promise.resolve();
    });
    expect(told).toEqual([false, false, true]);
  });
});
