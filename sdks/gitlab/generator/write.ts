import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageFiles } from "./package-files";
import { loadSchema } from "../../../lab/plugins/gitlab/package-schema";

/* Writes the package anew: `npm run sdk`. */

const folder = join(__dirname, "..", "generated");
rmSync(folder, { recursive: true, force: true });
for (const [path, text] of packageFiles(loadSchema())) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
