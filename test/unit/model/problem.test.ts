import { describe, expect, it } from "vitest";
import { formatForEngine, formatProblem, UserError } from "../../../model/problem";
import type { Problem } from "../../../model/problem";
import { formatPath } from "../../../model/report";

const PROBLEM: Problem = {
  severity: "error",
  file: "catalog/acme/shop.yaml",
  path: "repositories[0].name",
  position: { line: 5, column: 5 },
  value: "x",
  message: "the repository's name is too short",
  allowed: "2 to 20 characters",
  fix: "lengthen it by 1 character",
};

describe("a problem", () => {
  it("is printed with place, value, allowed and fix", () => {
    expect(formatProblem(PROBLEM))
      .toBe(`error: catalog/acme/shop.yaml:5:5: repositories[0].name: the repository's name is too short
  found:   x
  allowed: 2 to 20 characters
  fix:     lengthen it by 1 character`);
  });

  it("is printed without what it does not know", () => {
    const whole: Problem = {
      severity: "warning",
      file: "a.yaml",
      path: "",
      message: "the file is odd",
      fix: "look at it",
    };
    expect(formatProblem(whole)).toBe("warning: a.yaml: the file is odd\n  fix:     look at it");
  });

  it("writes out what would steer the reader's terminal, and leaves lines, tabs and other scripts alone", () => {
    const steering: Problem = { ...PROBLEM, file: "a\u001b[2Kb.yaml", value: "é\tπ\r\u202e\u0085\nline" };
    expect(formatProblem(steering)).toContain("error: a\\u001b[2Kb.yaml:5:5");
    expect(formatForEngine([steering])).toContain("  found:   é\tπ\\u000d\\u202e\\u0085\nline\n");
  });

  it("is told to the engine without its severity, which the engine writes itself", () => {
    expect(formatForEngine([PROBLEM])).toBe(formatProblem(PROBLEM).replace(/^error: /, ""));
  });

  it("is told to the engine with its severity where there are several, under their number", () => {
    const other: Problem = { ...PROBLEM, severity: "warning", path: "name" };
    expect(formatForEngine([PROBLEM, other])).toBe(`2 problems\n${formatProblem(PROBLEM)}\n${formatProblem(other)}`);
  });

  it("is the message of the error, with all others", () => {
    const error = new UserError([PROBLEM, { ...PROBLEM, path: "name" }]);
    expect(error.message.split("\n").filter((line) => line.startsWith("error:"))).toHaveLength(2);
    expect(error.problems).toHaveLength(2);
  });
});

describe("formatPath", () => {
  it.each([
    [[], ""],
    [["name"], "name"],
    [["repositories", 0, "url"], "repositories[0].url"],
    [["tlsCertificates", "git.example", 1], 'tlsCertificates["git.example"][1]'],
    [["x", "a-b"], "x.a-b"],
  ])("writes %j as %s", (path, text) => {
    expect(formatPath(path)).toBe(text);
  });
});
