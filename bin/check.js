"use strict";
// `npm run check`: lint, types and unit tests at the same time, as each of them keeps one processor busy.
const { spawn } = require("node:child_process");

const root = require("./setup.js")();

/** Runs an npm script, shows its output in one piece when it has ended, and resolves to whether that was well. */
function run(script) {
  return new Promise((resolve) => {
    const child = spawn("npm", ["run", "--silent", script], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const output = [];
    child.stdout.on("data", (data) => output.push(data));
    child.stderr.on("data", (data) => output.push(data));
    child.on("close", (code) => {
      process.stdout.write(`== ${script}: ${code === 0 ? "passed" : "failed"}\n`);
      process.stdout.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });
}

void Promise.all(["lint", "types", "unit"].map(run)).then((verdicts) => {
  process.exitCode = verdicts.every(Boolean) ? 0 : 1;
});
