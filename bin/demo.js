"use strict";
// `npm run demo`: installs what is missing, then runs `factory demo`.
require("./setup.js")();
process.argv.splice(2, 0, "demo");
require("./factory.js");
