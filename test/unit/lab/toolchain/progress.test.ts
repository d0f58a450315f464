import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createProgress, formatElapsed, type Progress } from "../../../../lab/toolchain/progress";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A stream that keeps what is written, and the lines that a terminal would show in the end. */
class Screen {
  text = "";
  constructor(
    readonly isTTY: boolean,
    readonly columns: number,
  ) {}
  write(text: string): void {
    this.text += text;
  }
  get lines(): string[] {
    return this.text.split("\n").map((line) => line.slice(line.lastIndexOf("\u001b[K") + 1).replace("[K", ""));
  }
}

const terminal = (columns = 80): [Screen, Progress] => {
  const screen = new Screen(true, columns);
  return [screen, createProgress(screen, {})];
};
const wait = (milliseconds: number) => async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(milliseconds);
};

describe("progress on a terminal", () => {
  it("is one line that is kept up to date, and stays with the time it took", async () => {
    const [screen, progress] = terminal();
    const step = progress.step("building etcd", wait(63_000), { index: 2, of: 5 });
    await vi.advanceTimersByTimeAsync(10);
    await step;
    expect(screen.text).toContain("\r\u001b[K[2/5] building etcd … 1m 02s");
    expect(screen.lines).toEqual(["[2/5] building etcd … done in 1m 03s", ""]);
  });

  it("says when a step failed, and passes its error on", async () => {
    const [screen, progress] = terminal();
    await expect(progress.step("starting etcd", () => Promise.reject(new Error("port taken")))).rejects.toThrow(
      "port taken",
    );
    expect(screen.lines).toEqual(["starting etcd … failed after 0s", ""]);
  });

  it("never writes a line that would wrap, and always shows the clock", async () => {
    const [screen, progress] = terminal(30);
    await progress.step("building kube-apiserver, kube-controller-manager", async (step) => {
      step.detail("linking");
      expect(screen.lines.at(-1)).toBe("building kube-apiserver, … 0s");
      await wait(1000)();
    });
  });

  it("shows the step begun last while several run", async () => {
    const [screen, progress] = terminal();
    const slow = progress.step("starting etcd", wait(3000));
    await progress.step("starting kwok", () => Promise.resolve());
    expect(screen.lines).toEqual(["starting kwok … done in 0s", expect.stringMatching(/^starting etcd … \ds$/)]);
    await slow;
    expect(screen.lines.at(-1)).toBe("");
  });

  it("prints a note above the line", async () => {
    const [screen, progress] = terminal();
    await progress.step("starting etcd", () => {
      progress.note("no official plugin");
      return Promise.resolve();
    });
    expect(screen.lines).toEqual(["no official plugin", "starting etcd … done in 0s", ""]);
  });
});

describe("progress in a log", () => {
  it.each([
    ["a stream that is no terminal", false, {}],
    ["CI, even with a terminal", true, { CI: "true" }],
    ["a terminal that cannot erase", true, { TERM: "dumb" }],
  ])("is plain lines on %s", async (_where, isTTY, env) => {
    const screen = new Screen(isTTY, 80);
    const progress = createProgress(screen, env);
    await progress.step("building etcd", (step) => {
      step.detail("process 7 is at it");
      step.detail("");
      return Promise.resolve();
    });
    expect(screen.text).toBe("building etcd …\nbuilding etcd: process 7 is at it\nbuilding etcd: done in 0s\n");
  });
});

describe("elapsed time", () => {
  it.each([
    [400, "0s"],
    [59_400, "59s"],
    [60_000, "1m 00s"],
    [63_000, "1m 03s"],
    [754_000, "12m 34s"],
  ])("of %d ms reads %s", (milliseconds, text) => {
    expect(formatElapsed(milliseconds)).toBe(text);
  });
});
