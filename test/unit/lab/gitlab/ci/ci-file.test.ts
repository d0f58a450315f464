import { describe, expect, it } from "vitest";
import { definitionOf, environmentOf, jobsOf, stagesOf, yamlVariables } from "../../../../../lab/gitlab/ci/ci-file";
import { expand } from "../../../../../lab/gitlab/ci/expand";
import { baseName } from "../../../../../lab/gitlab/ci/plan";
import { toolFaults, yamlFault } from "../../../../../lab/gitlab/ci/yaml-errors";

describe("the jobs of a CI file", () => {
  it("are what is neither hidden nor a keyword, in the stage test unless they say so", () => {
    const file = {
      stages: ["a"],
      variables: {},
      ".hidden": { script: [] },
      one: { script: ["x"] },
      two: { stage: "a", script: [] },
    };
    expect(jobsOf(file).map(({ name, stage }) => [name, stage])).toEqual([
      ["one", "test"],
      ["two", "a"],
    ]);
  });

  it("are several where `parallel` says so, each with variables of its own", () => {
    const matrix = { parallel: { matrix: [{ OS: ["a", "b"], DB: "x" }] } };
    const jobs = jobsOf({ plain: { parallel: 2 }, cross: matrix });
    expect(jobs.map(({ name }) => name)).toEqual(["plain 1/2", "plain 2/2", "cross: [a, x]", "cross: [b, x]"]);
    expect(jobs[3]?.variables).toEqual({ OS: "b", DB: "x", CI_NODE_INDEX: "2", CI_NODE_TOTAL: "2" });
    expect(jobs.map(({ name }) => baseName(name))).toEqual(["plain", "plain", "cross", "cross"]);
  });

  it("inherit the variables of the file as far as they say", () => {
    const variables = { A: 1, B: { value: "b", description: "what B is" }, C: null };
    const values = (data: object): object => {
      const [job] = jobsOf({ job: data });
      return job === undefined ? {} : yamlVariables({ variables }, job);
    };
    expect(values({ variables: { A: "own" } })).toEqual({ A: "own", B: "b", C: "" });
    expect(values({ inherit: { variables: false } })).toEqual({});
    expect(values({ inherit: { variables: ["B"] } })).toEqual({ B: "b" });
  });

  it("need others by name, in the short form and the long one", () => {
    const needs = ["a", { job: "b", artifacts: false, optional: true }, { project: "x/y", job: "c", ref: "main" }];
    const [job] = jobsOf({ job: { needs, script: ["x"] } });
    expect(job && definitionOf(job, {}).needs).toEqual([
      { job: "a", artifacts: true, optional: false },
      { job: "b", artifacts: false, optional: true },
    ]);
  });
});

describe("the stages of a CI file", () => {
  it("are GitLab's where it names none, with .pre and .post around them", () => {
    expect(stagesOf({})).toEqual([".pre", "build", "test", "deploy", ".post"]);
    expect(stagesOf({ stages: ["a", ".post"] })).toEqual([".pre", "a", ".post"]);
  });
});

describe("the environment of a job", () => {
  it("has its variables put in, and is none when nothing is left of its name", () => {
    const put = (text: string): string => expand(text, { PROJECT_NAME: "shop" });
    expect(environmentOf({ name: "$PROJECT_NAME", action: "access" }, put)).toEqual({
      name: "shop",
      action: "access",
      url: null,
    });
    expect(environmentOf("production", put)).toEqual({ name: "production", action: "start", url: null });
    expect(environmentOf({ name: "$NONE" }, put)).toBeNull();
  });
});

describe("a CI file that is refused", () => {
  it("names the place where it is no YAML, and says when it is nothing at all", () => {
    expect(yamlFault("a: [1\nb: 2\n")).toMatch(/^\(<unknown>\): .* at line 2 column 1$/);
    expect(yamlFault("just text")).toBe("Invalid configuration format");
    expect(yamlFault("a: {b: !reference [c, d]}")).toBeUndefined();
  });

  it("is told in GitLab's words, without what the tool says beside it", () => {
    const noise = "Using fallback git user.name\nparsing and downloads finished in 4 ms.\n";
    expect(toolFaults(`${noise}build must have script specified\n`)).toEqual([
      "jobs:build config should implement the script:, run:, or trigger: keyword",
    ]);
    expect(toolFaults(`${noise}needs: [a] for b could not be found`)).toEqual([
      "'b' job needs 'a' job, but 'a' does not exist in the pipeline",
    ]);
    const schema =
      "Invalid .gitlab-ci.yml configuration!\n\t• must be string at build.image [#/x]\n\nFor further troubleshooting, …";
    expect(toolFaults(noise + schema)).toEqual(["jobs:build:image config must be string"]);
  });
});
