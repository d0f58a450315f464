"use strict";
// `npm test`: everything that proves the project, the quick checks first. The last line counts it all.
const { spawnSync } = require("node:child_process");
const { mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const root = require("./setup.js")();
const reports = mkdtempSync(join(tmpdir(), "gitops-factory-test-"));
const total = { passed: 0, failed: 0 };

/** Runs an npm script and shows its output; true when it ended well. */
function run(script, ...args) {
  process.stdout.write(`\n== ${script}\n`);
  const result = spawnSync("npm", ["run", "--silent", script, ...(args.length > 0 ? ["--", ...args] : [])], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  return result.status === 0;
}

/** A check that is one verdict: it counts as one test. */
function check(script) {
  total[run(script) ? "passed" : "failed"] += 1;
}

/** A Vitest project, counted by its own report; a run that ends badly without a failed test counts as one failure. */
function tests(script) {
  const report = join(reports, `${script}.json`);
  const well = run(script, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`);
  let failed;
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
    total.passed += numPassedTests;
    failed = numFailedTests;
  } catch {
    process.stdout.write(`${script}: no report was written\n`);
    failed = 1;
  }
  total.failed += well ? failed : Math.max(failed, 1);
}

check("lint");
check("types");
tests("unit");
tests("engine");
tests("story");
rmSync(reports, { recursive: true, force: true });
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
