"use strict";

// Pulumi's policy host would check the types of the pack at every preview. This loads it as it is: `npm run types`
// checks it.
require("tsx/cjs");
require("./pack.ts");
