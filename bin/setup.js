"use strict";
// Plain JavaScript without dependencies: this runs on a fresh clone, before anything is installed.
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const { constants } = require("node:os");
const { join } = require("node:path");

const root = join(__dirname, "..");
const lockFile = join(root, "package-lock.json");
/** Says for which lock file node_modules was installed, so that a pull with new dependencies is noticed. */
const stamp = join(root, "node_modules", ".installed-for");

/** Ends the process with one line that says what is wrong and what to do. */
function fail(message) {
  process.stderr.write(`error: ${message}\n`);
  process.exit(1);
}

/** Node 20.19 is the first that all dependencies run on. */
function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Node.js ${process.versions.node} is too old; install 20.19 or later (https://nodejs.org)`);
  }
}

/** Installs the npm packages of the lock file unless they are there already. */
function installDependencies() {
  const wanted = createHash("sha256").update(readFileSync(lockFile)).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  process.stderr.write("installing npm packages\n");
  // Install scripts are not needed: the engine installs provider plugins itself, at the version that it wants.
  const result = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (result.error) fail(`npm could not be started (${result.error.message}); install it with Node.js`);
  // Ctrl-C has reached npm too.
  if (result.signal) process.exit(128 + constants.signals[result.signal]);
  if (result.status !== 0) fail("npm ci failed: see its message above, mend the cause and run the command again");
  writeFileSync(stamp, wanted);
}

module.exports = function setUp() {
  checkNode();
  installDependencies();
  return root;
};
