import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandGroups } from "../../../delivery/commands";
import { ExitCode } from "../../../delivery/exit-code";

const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "commands.md"), "utf8");

describe("The page of the commands", () => {
  const names = Object.values(commandGroups).flatMap((group) => Object.keys(group));

  it.each(names)("says where %s is described", (name) => {
    const [, list = ""] = /\| command \| page \|\n([\s\S]*?)\n\n/.exec(page) ?? [];
    expect(list).toContain(`\`${name}\``);
  });

  it("has each exit code, and Ctrl-C's", () => {
    const codes = [...page.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    const known = Object.values(ExitCode).filter((code) => typeof code === "number");
    expect(codes).toEqual([...known, 130]);
  });
});
