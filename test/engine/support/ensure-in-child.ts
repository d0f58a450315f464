/** Ensures the tools named on the command line, as a process of its own. */
import { ensureTools, type ToolName } from "../../../lab/toolchain";

void ensureTools(process.argv.slice(2) as ToolName[]).then(({ binDirs }) => {
  console.log(JSON.stringify(binDirs));
});
