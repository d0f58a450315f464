import { describe, expect, it } from "vitest";
import { isLive } from "../../../../lab/toolchain/screen";

const terminal = { isTTY: true };

describe("A line that is drawn anew", () => {
  it.each([
    ["is for terminals", terminal, {}, true],
    ["is not for pipes, whatever is said of colours", {}, { FORCE_COLOR: "1" }, false],
    ["is not for terminals that are dumb", terminal, { TERM: "dumb" }, false],
    ["is not for terminals of a pipeline", terminal, { CI: "true" }, false],
    ["is for terminals where CI is empty", terminal, { CI: "" }, true],
    ["is for terminals where CI is denied", terminal, { CI: "false" }, true],
    ["has nothing to do with NO_COLOR", terminal, { NO_COLOR: "1" }, true],
  ])("%s", (_, stream, env, expected) => {
    expect(isLive(stream, env)).toBe(expected);
  });
});
