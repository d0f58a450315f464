import { describe, expect, it } from "vitest";
import { hasColours, painter, styled } from "../../../delivery/terminal";

const terminal = { isTTY: true };

describe("Colours", () => {
  it.each([
    ["on a terminal", terminal, {}, true],
    ["in a pipe", {}, {}, false],
    ["on a terminal with NO_COLOR", terminal, { NO_COLOR: "1" }, false],
    ["on a terminal with an empty NO_COLOR, which says nothing", terminal, { NO_COLOR: "" }, true],
    ["on a terminal of a pipeline", terminal, { CI: "true" }, true],
    ["on a terminal that is dumb", terminal, { TERM: "dumb" }, false],
    ["in a pipe with FORCE_COLOR", {}, { FORCE_COLOR: "1" }, true],
    ["in a pipe with FORCE_COLOR=0", {}, { FORCE_COLOR: "0" }, false],
    ["on a terminal with FORCE_COLOR=0", terminal, { FORCE_COLOR: "0" }, false],
    ["with both, of which NO_COLOR counts", terminal, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ])("%s", (_, stream, env, expected) => {
    expect(hasColours(stream, env)).toBe(expected);
    expect(painter(stream, env)("ok", "green")).toBe(expected ? "\u001b[32mok\u001b[39m" : "ok");
  });
});

it("A style ends with what ends it alone, so that styles may be within each other", () => {
  expect(styled(styled("a", "red"), "bold")).toBe("\u001b[1m\u001b[31ma\u001b[39m\u001b[22m");
});
