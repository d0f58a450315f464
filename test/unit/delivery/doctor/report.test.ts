import { describe, expect, it } from "vitest";
import { jsonReport, tableReport, type Examination } from "../../../../delivery/doctor/report";

const examination: Examination = {
  stack: "prod",
  environment: "prod",
  cluster: { context: "blue", server: "https://10.0.0.1:6443" },
  findings: [
    { check: "api", severity: "ok", message: "it answers" },
    { check: "nodes", severity: "error", message: "there are too few", fix: "add some" },
    { check: "clock", severity: "warning", message: "it is late", fix: "set it" },
  ],
};

describe("The doctor's table", () => {
  it("says which cluster was looked at, then a line for each finding with its fix below, then what it means", () => {
    expect(tableReport(examination)).toBe(
      [
        "stack prod, environment prod, cluster: blue at https://10.0.0.1:6443",
        "",
        "SEVERITY  CHECK  FOUND",
        "error     nodes  there are too few",
        "                 fix: add some",
        "warning   clock  it is late",
        "                 fix: set it",
        "ok        api    it answers",
        "",
        "1 error, 1 warning, 0 notes, 1 ok: `pulumi up` would fail, or what it makes would not work",
        "",
      ].join("\n"),
    );
  });

  it("says that nothing is wrong, and that there was no cluster to look at", () => {
    const text = tableReport({ stack: "dev", environment: "dev", findings: [] });
    expect(text).toMatch(/^stack dev, environment dev, cluster: no cluster\n/);
    expect(text).toMatch(/0 errors, 0 warnings, 0 notes, 0 ok: nothing is wrong\n$/);
  });
});

describe("The doctor's JSON", () => {
  it("has a stable shape, in which what is absent is null", () => {
    const bare = { ...examination, cluster: { server: "https://10.0.0.1:6443" } };
    expect(jsonReport(bare)).toEqual({
      format: 1,
      stack: "prod",
      environment: "prod",
      cluster: { context: null, server: "https://10.0.0.1:6443" },
      verdict: "error",
      counts: { error: 1, warning: 1, note: 0, ok: 1 },
      findings: [
        { check: "nodes", severity: "error", message: "there are too few", fix: "add some", cluster: null },
        { check: "clock", severity: "warning", message: "it is late", fix: "set it", cluster: null },
        { check: "api", severity: "ok", message: "it answers", fix: null, cluster: null },
      ],
    });
    expect(jsonReport({ stack: "dev", environment: "dev", findings: [] }).cluster).toBeNull();
  });

  it("names the further cluster that a finding is about, and so does the table", () => {
    const findings = [{ check: "api", severity: "ok", message: "it answers", cluster: "edge" }] as const;
    const far = { stack: "dev", environment: "dev", findings };
    expect(jsonReport(far).findings).toMatchObject([{ message: "it answers", cluster: "edge" }]);
    expect(tableReport(far)).toContain("ok        api    on edge: it answers");
  });
});
