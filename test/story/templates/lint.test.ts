import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureCiTool } from "../../../lab/gitlab/ci/tool";
import { ensureTools } from "../../../lab/toolchain";
import { ensurePrograms } from "../../../lab/toolchain/debian-packages";
import { git } from "../support/git-client";

const root = join(__dirname, "..", "..", "..");
const folder = mkdtempSync(join(tmpdir(), "templates-"));
let shellcheck = "";
beforeAll(async () => {
  shellcheck = (await ensurePrograms(["shellcheck"])).path("shellcheck");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(program: string, args: readonly string[], cwd = root): { code: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  return { code: status, out: stdout + stderr };
}

describe("ShellCheck", () => {
  it.each(["mirror/repository", "templates/scripts"])("finds nothing in the scripts of %s", (place) => {
    const scripts = readdirSync(join(root, place)).filter((name) => name.endsWith(".sh"));
    expect(scripts.length).toBeGreaterThanOrEqual(3);
    const paths = scripts.map((name) => join(place, name));
    expect(run(shellcheck, ["--external-sources", ...paths])).toEqual({ code: 0, out: "" });
  });

  it("would find something", () => {
    const broken = spawnSync(shellcheck, ["--shell=sh", "-"], { input: "cd $1; [[ -e x ]]\n", encoding: "utf8" });
    expect(broken.status).toBe(1);
  });
});

describe("actionlint", () => {
  it("finds nothing in the template for GitHub, whose actions are pinned by their commits", async () => {
    const actionlint = (await ensureTools(["actionlint"])).path("actionlint");
    const template = join(root, "templates", "github", "app.yml");
    expect(run(actionlint, ["-shellcheck", shellcheck, template])).toEqual({ code: 0, out: "" });
    const used = [...readFileSync(template, "utf8").matchAll(/uses: (\S+)/g)].map(([, action = ""]) => action);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
    const wrong = spawnSync(actionlint, ["-"], {
      input: "on: push\njobs: {a: {runs-on: nowhere}}\n",
      encoding: "utf8",
    });
    expect(wrong.status).toBe(1);
  });
});

describe("gitlab-ci-local, by GitLab's schema,", () => {
  it.each([
    ["templates/gitlab/app.gitlab-ci.yml", ["test", "mirror app", "platform pipeline", "update image", "mirror infra"]],
    ["templates/platform/.gitlab-ci-dso.yml", ["build"]],
    ["mirror/repository/.gitlab-ci.yml", ["mirror", "which repository"]],
  ])("finds the jobs of %s", async (file, jobs) => {
    const { script } = await ensureCiTool();
    const place = join(folder, file.replaceAll("/", "-"));
    mkdirSync(place);
    cpSync(join(root, file), join(place, ".gitlab-ci.yml"));
    await git(["-C", place, "init", "--quiet", "--initial-branch=main"]);
    await git(["-C", place, "remote", "add", "origin", "http://git.example/team/api.git"]);
    await git(["-C", place, "add", "."]);
    await git(["-C", place, "commit", "--quiet", "--message", "template"]);
    const { code, out } = run(process.execPath, [script, "--list-json", "--variable", "PROJECT_NAME=api"], place);
    expect([code, out.includes("json schema validated")], out).toEqual([0, true]);
    const listed = JSON.parse(out.slice(out.indexOf("["), out.lastIndexOf("]") + 1)) as { name: string }[];
    expect(listed.map(({ name }) => name)).toEqual(jobs);
  });
});
