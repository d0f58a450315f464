import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readMirrorFiles } from "../../../mirror";

const files = readMirrorFiles();

describe("The files of the repository mirror", () => {
  it("are all that lie in mirror/repository, and mirror.sh alone is executable", () => {
    const folder = join(__dirname, "..", "..", "..", "mirror", "repository");
    expect(files.map(({ path }) => path).sort()).toEqual(readdirSync(folder).sort());
    expect(files.filter(({ executable }) => executable).map(({ path }) => path)).toEqual(["mirror.sh"]);
    for (const { path, content } of files) {
      expect(existsSync(join(folder, path))).toBe(true);
      expect(content).toMatch(/\n$/);
    }
  });

  it("run for the API, triggers, schedules and by hand, and for no push", () => {
    const { workflow } = pipeline();
    const [, pattern = ""] = /=~ \/(.+)\/$/.exec(workflow.rules[0]?.if ?? "") ?? [];
    expect(workflow.rules).toHaveLength(1);
    const sources = ["api", "trigger", "web", "schedule", "push", "merge_request_event", "parent_pipeline", "pipeline"];
    expect(sources.filter((source) => new RegExp(pattern).test(source))).toEqual(["api", "trigger", "web", "schedule"]);
  });

  it("give each repository an environment of its name, one run at a time and a cache", () => {
    expect(pipeline()["mirror"]).toMatchObject({
      environment: { name: "$PROJECT_NAME", action: "access" },
      resource_group: "mirror-$PROJECT_NAME",
      cache: { key: "mirror-$PROJECT_NAME", paths: [".mirror/"] },
      allow_failure: { exit_codes: 4 },
    });
  });
});

function pipeline(): { workflow: { rules: { if: string }[] } } & Record<string, unknown> {
  const text = files.find(({ path }) => path === ".gitlab-ci.yml")?.content ?? "";
  return parse(text) as ReturnType<typeof pipeline>;
}
