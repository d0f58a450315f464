"use strict";

// What Pulumi's policy host loads; index.ts is the list of rules, which others import by that name. The host would check
// the pack's types at every preview. This loads it as it is: `npm run types` checks it.
require("tsx/cjs");
require("./pack.ts");
