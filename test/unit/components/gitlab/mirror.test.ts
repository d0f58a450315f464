import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { Mirror } from "../../../../components/gitlab/mirror";
import { patchPipeline } from "../../../../components/gitlab/mirror-pipeline";
import type { GitLabMirror } from "../../../../model/gitlab";
import { readMirrorFiles } from "../../../../mirror";
import { declared, named } from "../declared";
import type { Declared } from "../declared";
import { COPY, gitlab, gitlabRepository } from "./gitlab-model";

const FILES = [
  { path: ".gitlab-ci.yml", content: ".mirror:\n  image: { name: git }\n", executable: false },
  { path: "mirror.sh", content: "#!/bin/sh\n", executable: true },
];

function stand(changes: Partial<GitLabMirror> = {}, pem?: string): Promise<Declared[]> {
  return declared(
    () =>
      new Mirror("m", {
        mirror: { path: "acme/shop/mirror", adopt: false, ...changes },
        repositories: [
          pem === undefined || COPY.source === undefined
            ? COPY
            : { ...COPY, source: { ...COPY.source, certificate: "OTHER" } },
          gitlabRepository({ name: "pages", path: "acme/shop/pages" }),
        ],
        settings: gitlab(pem === undefined ? {} : { certificate: pem }),
        files: FILES,
        groupId: 7,
      }),
  );
}

describe("the repository mirror", () => {
  it("keeps its pipeline's file, and takes variables from triggers", async () => {
    const project = named(await stand(), "m-project").inputs;
    expect(project).not.toHaveProperty("ciConfigPath");
    expect(project["ciPipelineVariablesMinimumOverrideRole"]).toBe("maintainer");
  });

  it("has its files one after another behind a protected branch, mirror.sh executable", async () => {
    const resources = await stand();
    const [pipeline, script] = [named(resources, "m-file-.gitlab-ci.yml"), named(resources, "m-file-mirror.sh")];
    expect(pipeline.dependsOn).toContain("m-protection");
    expect(script.dependsOn).toContain("m-file-.gitlab-ci.yml");
    expect(script.inputs).toMatchObject({ content: "#!/bin/sh\n", executeFilemode: true, branch: "main" });
    expect(named(resources, "m-protection").inputs).toMatchObject({
      pushAccessLevel: "maintainer",
      mergeAccessLevel: "maintainer",
    });
  });

  it("writes by a token of the group that renews itself, and reads by what the source wants", async () => {
    const resources = await stand();
    expect(named(resources, "m-token").inputs).toMatchObject({
      group: "7",
      accessLevel: "maintainer",
      scopes: ["read_repository", "write_repository"],
      rotationConfiguration: { expirationDays: 365, rotateBeforeDays: 30 },
    });
    const variables = resources
      .filter(({ type }) => type.endsWith(":ProjectVariable"))
      .map(({ inputs, revealed }) => [inputs["key"], inputs["environmentScope"], inputs["value"], revealed["value"]])
      .sort();
    expect(variables).toEqual([
      ["GIT_INPUT_PASSWORD", "deploy", "[secret]", "password of the source"],
      ["GIT_INPUT_URL", "deploy", "https://git.example/deploy.git", "https://git.example/deploy.git"],
      ["GIT_INPUT_USER", "deploy", "reader", "reader"],
      ["GIT_OUTPUT_PASSWORD", "*", "[secret]", "token of m-token"],
      ["GIT_OUTPUT_URL", "deploy", COPY.url, COPY.url],
      ["GIT_OUTPUT_USER", "*", "mirror", "mirror"],
    ]);
  });

  it("trusts private CAs by files: GitLab's everywhere, and a source's in its own jobs", async () => {
    const resources = await stand({}, "PEM");
    expect(named(resources, "m-variable-GIT_OUTPUT_CA").inputs).toMatchObject({
      value: "PEM",
      variableType: "file",
      environmentScope: "*",
    });
    expect(named(resources, "m-variable-deploy-GIT_INPUT_CA").inputs).toMatchObject({
      value: "OTHER",
      variableType: "file",
      environmentScope: "deploy",
    });
  });

  it("synchronises each copy on schedule, and only where there is one", async () => {
    const schedules = (resources: readonly Declared[]): string[] =>
      resources.filter(({ type }) => type.endsWith(":PipelineSchedule")).map(({ name }) => name);
    expect(schedules(await stand())).toEqual([]);
    const resources = await stand({ schedule: { cron: "0 3 * * *", timeZone: "Europe/Paris" } });
    expect(schedules(resources)).toEqual(["m-schedule-deploy"]);
    expect(named(resources, "m-schedule-deploy").inputs).toMatchObject({
      ref: "refs/heads/main",
      cron: "0 3 * * *",
      cronTimezone: "Europe/Paris",
    });
    expect(named(resources, "m-schedule-deploy-variable-SYNC_ALL").inputs["value"]).toBe("true");
    expect(named(resources, "m-schedule-deploy-variable-PROJECT_NAME").inputs["value"]).toBe("deploy");
  });

  it("keeps every token secret", async () => {
    const resources = await stand();
    expect(named(resources, "m-trigger").secretOutputs).toContain("token");
    expect(named(resources, "m-token").secretOutputs).toContain("token");
  });
});

describe("the mirror's pipeline", () => {
  const [pipeline] = readMirrorFiles();

  it("stays as it is unless the platform has its own image or runners", () => {
    expect(patchPipeline("a:   [b] # c\n", {})).toBe("a:   [b] # c\n");
  });

  it("gets the platform's image and runners, and keeps all else", () => {
    const text = pipeline?.content ?? "";
    const patched = patchPipeline(text, { image: "registry.example/git:2", runnerTag: "ci" });
    expect(patched).toContain("name: registry.example/git:2");
    expect(patched).toMatch(/\n {2}tags:\n {4}- ci\n/);
    const comments = (yaml: string): string[] => yaml.split("\n").filter((line) => /^\s*#/.test(line));
    expect(comments(patched)).toEqual(comments(text));
    const { ".mirror": job, ...others } = parse(text) as { ".mirror": { image: object } };
    const expected = { ...job, image: { ...job.image, name: "registry.example/git:2" }, tags: ["ci"] };
    expect(parse(patched)).toEqual({ ...others, ".mirror": expected });
  });

  it("must have the job that the others extend", () => {
    expect(() => patchPipeline("mirror: {}\n", { image: "git" })).toThrow("the mirror's pipeline has no job .mirror");
  });
});
