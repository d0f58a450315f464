import { createRequire } from "node:module";
import { ExitCode } from "./exit-code";
import { runFactory } from "./factory";

// A closed pipe (`factory corefile … | head`) ends the command quietly, as with any other tool.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? ExitCode.Done : ExitCode.Bug);
});
// tsx compiles what is required; `import()` is Node's own here, which reads no TypeScript.
void runFactory(process.argv.slice(2), createRequire(__filename));
