import { describe, expect, it } from "vitest";
import {
  countsOf,
  exitCodeOf,
  sorted,
  verdictOf,
  type Finding,
  type Severity,
} from "../../../../delivery/doctor/finding";

function found(severity: Severity, check: Finding["check"] = "api"): Finding {
  return { check, severity, message: `${severity} of ${check}` };
}

describe("The doctor's findings", () => {
  it("come with the heaviest first, and in the order of the checks within a weight", () => {
    const mixed = [found("ok"), found("error", "git"), found("warning"), found("error", "dns"), found("note")];
    expect(sorted(mixed).map(({ message }) => message)).toEqual([
      "error of dns",
      "error of git",
      "warning of api",
      "note of api",
      "ok of api",
    ]);
  });

  it.each([
    [["ok", "note"], 0, "ok"],
    [[], 0, "ok"],
    [["ok", "warning", "note"], 4, "warning"],
    [["warning", "error", "ok"], 3, "error"],
  ] as const)("of the severities %j make the exit code %i", (severities, code, verdict) => {
    const findings = severities.map((severity) => found(severity));
    expect(exitCodeOf(findings)).toBe(code);
    expect(verdictOf(findings)).toBe(verdict);
  });

  it("are counted by severity", () => {
    expect(countsOf([found("ok"), found("ok"), found("error")])).toEqual({ error: 1, warning: 0, note: 0, ok: 2 });
  });
});
