"use strict";

// What Pulumi's policy host loads; index.ts is the list of rules, which others import by that name. The host would check
// the pack's types at every preview. This loads it as it is: `npm run types` checks it.
//
// The packages come first: once tsx is there, Node reads the source map of each of their modules, which takes half a
// second.
require("@pulumi/policy");
require("yaml");
require("zod");
require("tsx/cjs");
require("./pack.ts");
