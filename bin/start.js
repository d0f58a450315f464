"use strict";
// `npm start`: installs what is missing, then runs `factory start`.
require("./setup.js")();
process.argv.splice(2, 0, "start");
require("./factory.js");
