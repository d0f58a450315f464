import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const bin = join(__dirname, "..", "..", "..", "bin");
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gitops-factory-scripts-"));
  for (const folder of ["bin", "path", "node_modules", "tmp"]) mkdirSync(join(root, folder));
  for (const file of ["setup.js", "start.js", "test.js"]) cpSync(join(bin, file), join(root, "bin", file));
  writeFileSync(join(root, "package-lock.json"), "{}\n");
  npm("");
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** An npm that installs nothing; `script` is what it does to run one of package.json's scripts, in `$name`. */
function npm(script: string): void {
  const file = join(root, "path", "npm");
  writeFileSync(
    file,
    `#!/bin/sh
[ "$1" = run ] || exit 0
name=$3
for argument; do case $argument in --outputFile.json=*) report=\${argument#*=};; esac; done
${script}
`,
  );
  chmodSync(file, 0o755);
}

function run(file: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join("bin", file), ...args], {
    cwd: root,
    env: { PATH: `${join(root, "path")}:/usr/bin:/bin`, TMPDIR: join(root, "tmp") },
    encoding: "utf8",
  });
  return { status, lines: stdout.trimEnd().split("\n"), stderr };
}

it("npm start hands its arguments to factory start", () => {
  writeFileSync(join(root, "bin", "factory.js"), "console.log(process.argv.slice(2).join(' '));\n");
  expect(run("start.js", "--name", "other")).toMatchObject({ status: 0, lines: ["start --name other"] });
});

describe("npm test", () => {
  const passing = `[ -z "$report" ] || echo '{"numPassedTests": 20, "numFailedTests": 0}' > "$report"`;

  it("runs the checks and all kinds of tests, and counts them all in its last line", () => {
    npm(passing);
    const { status, lines } = run("test.js");
    expect(status).toBe(0);
    expect(lines.filter((line) => line.startsWith("== "))).toEqual([
      "== lint",
      "== types",
      "== unit",
      "== engine",
      "== story",
    ]);
    expect(lines.at(-1)).toBe("62 passed, 0 failed");
  });

  it.each([
    ["a check", `${passing}; [ $name != types ]`, "61 passed, 1 failed"],
    [
      "tests",
      `if [ $name = unit ]; then echo '{"numPassedTests": 7, "numFailedTests": 3}' > "$report"; exit 1; fi; ${passing}`,
      "49 passed, 3 failed",
    ],
    ["something around the tests", `${passing}; [ $name != engine ]`, "62 passed, 1 failed"],
    ["the report", `[ $name = unit ] || { ${passing}; }`, "42 passed, 1 failed"],
  ])("ends with 1 when %s fails, after all others have run", (_, script, last) => {
    npm(script);
    const { status, lines } = run("test.js");
    expect({ status, last: lines.at(-1) }).toEqual({ status: 1, last });
    expect(lines).toContain("== story");
  });
});
