#!/usr/bin/env node
"use strict";

/** Says why the command's own code could not be loaded, without the line of minified source that Node shows. */
function report(error) {
  // A package of npm, in contrast to a file of ours, has no path before its name.
  const [, missing] = /^Cannot find module '((?:@[^/']+\/)?[^./'][^/']*)/.exec(error.message) ?? [];
  if (missing !== undefined) {
    process.stderr.write(`error: the npm package ${missing} is not installed; run \`npm ci\` or \`npm start\` first\n`);
    process.exit(1);
  }
  process.stderr.write(`${error.stack}\n`);
  process.exit(70);
}

try {
  require("tsx/cjs");
  require("../delivery/main.ts");
} catch (error) {
  report(error);
}
