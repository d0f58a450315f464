#!/usr/bin/env node
"use strict";
const { existsSync } = require("node:fs");
const { join } = require("node:path");

if (!existsSync(join(__dirname, "..", "node_modules", "tsx"))) {
  process.stderr.write("error: the npm packages are not installed; run `npm ci` or `npm start` first\n");
  process.exit(1);
}
require("tsx/cjs");
require("../delivery/main.ts");
