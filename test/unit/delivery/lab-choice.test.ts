import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { choiceArguments, shellWord } from "../../../delivery/lab-choice";

describe("The arguments that mean a lab", () => {
  it.each([
    [{}, ""],
    [{ name: "other" }, " --name other"],
    [{ state: "/labs/my lab" }, " --state '/labs/my lab'"],
  ])("of %j are %j", (choice, text) => {
    expect(choiceArguments(choice)).toBe(text);
  });

  it.each(["plain", "two words", "it's", '$HOME `id` \\ "x"', "a\nb"])("reach a command whole: %j", (text) => {
    expect(execFileSync("/bin/sh", ["-c", `printf %s ${shellWord(text)}`], { encoding: "utf8" })).toBe(text);
  });
});
