import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const project = join(__dirname, "..", "..", "..");
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gitops-factory-bin-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Runs the command of a folder in a process of its own, without a terminal. */
function factory(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "bin", "factory.js"), ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("bin/factory.js", () => {
  beforeEach(() => {
    for (const folder of ["bin", "delivery"]) mkdirSync(join(root, folder));
    cpSync(join(project, "bin", "factory.js"), join(root, "bin", "factory.js"));
  });

  const hint = "is not installed; run `npm ci` or `npm start` first\n";

  it("says what to do where no npm package is installed", () => {
    expect(factory(root)).toEqual({ status: 1, stdout: "", stderr: `error: the npm package tsx ${hint}` });
  });

  it.each(["nothing-of-the-kind", "@nothing/of-the-kind"])(
    "says what to do where the package %s is missing",
    (name) => {
      symlinkSync(join(project, "node_modules"), join(root, "node_modules"));
      writeFileSync(join(root, "delivery", "main.ts"), `import "${name}/part";\n`);
      expect(factory(root)).toEqual({ status: 1, stdout: "", stderr: `error: the npm package ${name} ${hint}` });
    },
  );

  it.each([
    ["a file that is not there", 'import "./nothing";\n', "Error: Cannot find module './nothing'\n"],
    ["a syntax error", "const x: = 3;\n", "Error: Transform failed with 1 error:\n"],
    ["an error while it loads", 'throw new TypeError("it broke");\n', "TypeError: it broke\n    at "],
  ])("shows %s as a bug, without source text of others", (_, text, beginning) => {
    symlinkSync(join(project, "node_modules"), join(root, "node_modules"));
    writeFileSync(join(root, "delivery", "main.ts"), text);
    const { status, stdout, stderr } = factory(root);
    expect({ status, stdout }).toEqual({ status: 70, stdout: "" });
    expect(stderr.slice(0, beginning.length)).toBe(beginning);
    expect(Math.max(...stderr.split("\n").map(({ length }) => length))).toBeLessThan(300);
  });
});

describe("the factory command without a terminal", () => {
  it("keeps results and problems apart, writes no escape codes, and ends with the exit code", () => {
    const refused = factory(project, "corefile", "nothing", "--zone", "a", "--to", "10.0.0.2");
    expect(refused).toMatchObject({ status: 1, stdout: "" });
    expect(refused.stderr).toMatch(/^error: nothing: there is no such file\n/);
    expect(JSON.stringify(refused)).not.toContain("\\u001b");
    expect(factory(project, "--version")).toMatchObject({ status: 0, stderr: "" });
  });

  it("ends quietly when nobody reads its output to the end, as with head", async () => {
    // More than a pipe holds, so that the command is still writing when its reader goes.
    writeFileSync(join(root, "Corefile"), `.:53 {\n  errors\n}\n${"# a comment\n".repeat(100_000)}`);
    const args = ["corefile", "Corefile", "--zone", "protobox", "--to", "10.0.0.2"];
    const child = spawn(process.execPath, [join(project, "bin", "factory.js"), ...args], { cwd: root });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.stdout.once("data", () => child.stdout.destroy());
    const [code] = (await once(child, "close")) as [number];
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});
