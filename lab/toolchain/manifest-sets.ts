import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { downloadModule, type GoContext } from "./build";
import type { ManifestSet } from "./catalogue-types";
import type { Staging } from "./staging";

/** Whether all files of a set lie in the manifest cache, undamaged. */
export function hasManifests(manifests: string, set: ManifestSet): boolean {
  return Object.values(set.sha256).every((expected) => {
    const file = join(manifests, `${expected}.yaml`);
    return existsSync(file) && sha256(readFileSync(file)) === expected;
  });
}

/** Downloads Argo CD's module and copies its manifests into the cache, each under its own checksum. */
export async function fetchManifests(
  manifests: string,
  set: ManifestSet,
  staging: Staging,
  context: GoContext,
): Promise<void> {
  const source = await downloadModule(set.folder, set.module, context);
  for (const [path, expected] of Object.entries(set.sha256)) {
    const content = await readFile(join(source, path));
    const actual = sha256(content);
    if (actual !== expected) {
      throw new Error(
        `the catalogue of tools gives ${path} of ${set.module} ${set.version} the SHA-256 ${expected}, ` +
          `but the module that ${set.folder}/go.sum pins holds ${actual}: change both together`,
      );
    }
    const made = join(staging.folder, `${expected}.yaml`);
    const place = join(manifests, `${expected}.yaml`);
    await writeFile(made, content);
    await staging.publish(made, place, () => existsSync(place));
  }
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
