import { describe, expect, it } from "vitest";
import { expandAll } from "../../../../../lab/gitlab/ci/expand";
import { masker } from "../../../../../lab/gitlab/ci/masking";
import {
  type DeclaredVariable,
  jobVariables,
  scopeCovers,
  type VariableSources,
} from "../../../../../lab/gitlab/ci/variables";

const declared = (key: string, value: string, more: Partial<DeclaredVariable> = {}): DeclaredVariable => ({
  key,
  value,
  variable_type: "env_var",
  raw: false,
  protected: false,
  masked: false,
  environment_scope: "*",
  ...more,
});

const given = (key: string, value: string) => ({ key, value, variable_type: "env_var", raw: false }) as const;

function variablesOf(sources: Partial<VariableSources>): ReturnType<typeof jobVariables> {
  const none = { predefined: {}, yaml: {}, dotenv: {}, declared: [], given: [], isProtected: false };
  return jobVariables({ ...none, fileOf: (name) => `/files/${name}`, ...sources });
}

describe("of a variable that is set in several places", () => {
  const group = [declared("A", "group"), declared("B", "group")];
  const subgroup = [declared("B", "subgroup")];
  const project = [declared("B", "project")];
  const lower = { predefined: { A: "predefined" }, yaml: { A: "file" }, dotenv: { A: "report" } };

  it("the one counts that stands highest: pipeline, project, groups from below, report, CI file, predefined", () => {
    const value = (sources: Partial<VariableSources>, name: string): string | undefined => {
      return variablesOf(sources).values[name];
    };
    expect(value({ predefined: { A: "predefined" } }, "A")).toBe("predefined");
    expect(value({ predefined: { A: "predefined" }, yaml: { A: "file" } }, "A")).toBe("file");
    expect(value(lower, "A")).toBe("report");
    expect(value({ ...lower, declared: [group] }, "A")).toBe("group");
    expect(value({ declared: [group, subgroup] }, "B")).toBe("subgroup");
    expect(value({ declared: [group, subgroup, project] }, "B")).toBe("project");
    expect(value({ declared: [group, subgroup, project], given: [given("B", "pipeline")] }, "B")).toBe("pipeline");
  });

  it("the most exact scope counts within one place, in whatever order they were declared", () => {
    const scopes = ["review/*", "*", "review/one"].map((scope) => declared("A", scope, { environment_scope: scope }));
    const inEnvironment = (environment?: string): string | undefined => {
      return variablesOf({ declared: [scopes], environment }).values["A"];
    };
    expect([inEnvironment("review/one"), inEnvironment("review/two"), inEnvironment("other"), inEnvironment()]).toEqual(
      ["review/one", "review/*", "*", "*"],
    );
  });
});

describe("a declared variable", () => {
  it("is left out by a scope that does not cover the environment, which may hold signs of patterns", () => {
    expect([
      scopeCovers("app.one", "appxone"),
      scopeCovers("app.one", "app.one"),
      scopeCovers("a*", undefined),
    ]).toEqual([false, true, false]);
  });

  it("is for protected branches and tags alone where it is protected", () => {
    const own = [declared("KEY", "secret-value", { protected: true, masked: true })];
    expect(variablesOf({ declared: [own] })).toEqual({ values: {}, files: {}, masked: [] });
    const seen = variablesOf({ declared: [own], isProtected: true });
    expect(seen).toEqual({ values: { KEY: "secret-value" }, files: {}, masked: ["secret-value"] });
  });

  it("is a path where it is of the type file, unless something higher is none", () => {
    const own = [declared("CA", "PEM", { variable_type: "file" })];
    const seen = variablesOf({ declared: [own] });
    expect([seen.values, seen.files]).toEqual([{ CA: "/files/CA" }, { CA: "PEM" }]);
    expect(variablesOf({ declared: [own], given: [given("CA", "text")] }).files).toEqual({});
  });

  it("has other variables in its value replaced, unless it is raw", () => {
    const own = [declared("URL", "https://$HOST/${PATH_OF}"), declared("RAW", "a$HOST", { raw: true })];
    const { values } = variablesOf({ predefined: { HOST: "host" }, yaml: { PATH_OF: "$HOST-path" }, declared: [own] });
    expect(expandAll(values)).toMatchObject({ URL: "https://host/host-path", RAW: "a$HOST" });
  });
});

describe("variables that name each other", () => {
  it("end where they come back to themselves, and keep a doubled dollar sign as one", () => {
    expect(expandAll({ A: "a$B", B: "b$A", C: "$$A and $NONE." })).toEqual({ A: "ab", B: "ba", C: "$A and ." });
  });
});

describe("a log", () => {
  it("shows none of the masked values, the longest first", () => {
    const mask = masker(["secret", "secret-and-more"]);
    expect(mask("a secret-and-more, a secret.")).toBe("a [MASKED], a [MASKED].");
  });

  it("shows no line of a masked value of several lines, and is not emptied by an empty one", () => {
    const mask = masker(["first line\nx", "", "  "]);
    expect(mask("it says: first line, and x")).toBe("it says: [MASKED], and x");
  });
});
