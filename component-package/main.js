"use strict";

// What the engine runs, by the launcher beside this file or by PulumiPlugin.yaml. The types are checked by `npm run types`.
const { join } = require("node:path");

process.env.TSX_TSCONFIG_PATH = join(__dirname, "..", "tsconfig.json");
require("tsx/cjs");
require("./serve.ts");
