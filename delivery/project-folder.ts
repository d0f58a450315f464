import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * The nearest folder with a Pulumi.yaml, from one upwards, as the Pulumi CLI looks for it (workspace.DetectProjectPath of
 * its SDK); the folder itself where there is none.
 */
export function projectFolder(from: string): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "Pulumi.yaml"))) return folder;
    if (folder === dirname(folder)) return resolve(from);
  }
}
