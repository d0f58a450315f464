import { createRequire } from "node:module";
import { mindBrokenStreams } from "./broken-streams";
import { runFactory } from "./factory";

mindBrokenStreams(process.stdout, process.stderr, (code) => process.exit(code));
// tsx compiles what is required; `import()` is Node's own here, which reads no TypeScript.
void runFactory(process.argv.slice(2), createRequire(__filename));
