import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { ExitCode } from "../../../delivery/exit-code";

const root = join(__dirname, "..", "..", "..");
const text = readFileSync(join(root, "templates", "factory", "factory.gitlab-ci.yml"), "utf8");
const [header, file] = parseAllDocuments(text).map((document) => document.toJS() as Record<string, never>);

interface Job {
  readonly extends?: string;
  readonly stage?: string;
  readonly when?: string;
  readonly needs?: readonly (string | { job: string })[];
  readonly rules?: readonly { if: string; when?: string; allow_failure?: boolean }[];
  readonly retry?: { when: readonly string[] };
  readonly script?: readonly string[];
  readonly environment?: { name: string; action?: string; deployment_tier?: string };
  readonly resource_group?: string;
  readonly interruptible?: boolean;
  readonly artifacts?: { access?: string; when?: string };
}
const jobs = Object.entries(file as unknown as Record<string, Job>);
const job = (name: string): Job => jobs.find(([found]) => found === name)?.[1] ?? {};
const apply = ["development", "staging", "production"];

describe("The template of a platform's pipeline", () => {
  it("documents each input, with a default, and uses it", () => {
    const { inputs } = header?.["spec"] as unknown as {
      inputs: Record<string, { default?: unknown; description?: string }>;
    };
    for (const [name, input] of Object.entries(inputs)) {
      expect([name, input.default, input.description]).toEqual([name, expect.anything(), expect.stringMatching(/\.$/)]);
      expect(text).toContain(`$[[ inputs.${name} ]]`);
    }
    const used = [...text.matchAll(/\$\[\[ inputs\.(\w+) \]\]/g)].map(([, name]) => name);
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(used));
  });

  it.each(apply)("updates %s by one job at a time, which nothing interrupts", (tier) => {
    const { environment, resource_group, ...rest } = job(`apply ${tier}`);
    expect(environment).toEqual({ name: `$[[ inputs.${tier} ]]`, deployment_tier: tier });
    expect([resource_group, rest.extends]).toEqual([`$[[ inputs.${tier} ]]`, ".factory:apply"]);
    expect(job(".factory:apply").interruptible).toBe(false);
    expect(rest.rules?.every(({ if: test }) => test.startsWith("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"))).toBe(true);
  });

  it("asks a person before staging and before production, and keeps their order", () => {
    const rules = apply.map((tier) => job(`apply ${tier}`).rules?.[0]);
    expect(rules.map((rule) => [rule?.when, rule?.allow_failure])).toEqual([
      [undefined, undefined],
      ["manual", false],
      ["manual", false],
    ]);
    const needs = apply.map((tier) =>
      job(`apply ${tier}`).needs?.map((need) => (typeof need === "string" ? need : need.job)),
    );
    expect(needs).toEqual([
      ["validate", "check"],
      ["apply development", "validate", "check"],
      ["apply development", "apply staging", "validate", "check"],
    ]);
  });

  it("reviews what a policy has stopped too, and shows plans to members alone", () => {
    expect(job("review").when).toBe("always");
    for (const name of ["preview", "review"]) {
      expect(job(name).artifacts).toMatchObject({ when: "always", access: "developer" });
    }
    expect(job("preview").environment).toEqual({ name: "preview/$STACK", action: "access" });
    expect(job(".factory:on-merge-request").interruptible).toBe(true);
  });

  it("looks in merge requests, in the whole history, whether production gets what was promoted", () => {
    expect(job("promotion")).toEqual({
      extends: ".factory:on-merge-request",
      stage: "validate",
      variables: { GIT_DEPTH: "0" },
      script: ["$[[ inputs.factory ]] promote --check"],
      allow_failure: { exit_codes: ExitCode.Warned },
    });
  });

  it("previews and applies nothing before the platform's own checks have succeeded, where it has some", () => {
    for (const name of ["preview", "drift", ...apply.map((tier) => `apply ${tier}`)]) {
      expect(job(name).needs).toEqual(expect.arrayContaining(["validate", { job: "check", optional: true }]));
    }
  });

  it("leaves forks and merge trains without previews, so that neither sees secrets nor takes a review's place", () => {
    expect(job(".factory:on-merge-request").rules).toEqual([
      { if: "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID != $CI_MERGE_REQUEST_PROJECT_ID", when: "never" },
      { if: '$CI_MERGE_REQUEST_EVENT_TYPE == "merge_train"', when: "never" },
      { if: '$CI_PIPELINE_SOURCE == "merge_request_event"' },
    ]);
    for (const name of ["preview", "review", "promotion"]) {
      expect([job(name).extends, job(name).rules]).toEqual([".factory:on-merge-request", undefined]);
    }
  });

  it("looks for drift in pipelines of a schedule, which update nothing", () => {
    expect(job("drift").rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "schedule"' }]);
    expect(job("drift").script?.join("\n")).toContain("--expect-no-changes");
    expect(job("drift").environment).toEqual(job("preview").environment);
    for (const tier of apply) {
      expect(job(`apply ${tier}`).rules?.map(({ if: test }) => test)).toEqual([
        expect.stringContaining('&& $CI_PIPELINE_SOURCE != "schedule" &&'),
      ]);
    }
  });

  it("does not do an update again that the clock has cut off", () => {
    expect(job(".factory:apply").retry?.when).toEqual(["runner_system_failure"]);
  });

  it("is what this project's own pipeline includes, beside its checks", () => {
    const own = parse(readFileSync(join(root, ".gitlab-ci.yml"), "utf8")) as Record<string, unknown>;
    expect(own["include"]).toMatchObject([{ local: "templates/factory/factory.gitlab-ci.yml" }]);
    expect(own["check"]).toEqual({ extends: ".factory:check", script: ["npm run check"] });
    expect(job("validate").extends).toBe(".factory:check");
    expect(job(".factory:check").rules).toEqual([{ when: "on_success" }]);
  });
});
