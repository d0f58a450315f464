import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { filesOf } from "./catalogue";
import type { Bundle } from "./catalogue-types";
import { buildFlags } from "./go-command";

/** Where a bundle lies once it is built: a folder that is only ever there complete. */
export function bundleFolder(root: string, bundle: Bundle, key: string): string {
  return join(root, "tools", `${bundle.name}-${key}`);
}

/** Whether all programs and scripts of a bundle are there. */
export function isComplete(folder: string, bundle: Bundle): boolean {
  return filesOf(bundle).every((file) => existsSync(join(folder, "bin", file)));
}

/**
 * Twelve hexadecimal digits that change with all that decides what a build makes: pinned modules, packages, stamps,
 * flags and the platform. Go's own version is left out, so that a cached tool needs no Go.
 */
export function bundleKey(bundle: Bundle, modulesDir: string): string {
  const modules = bundle.modules.map((module) => ({
    ...module,
    goMod: readFileSync(join(modulesDir, module.folder, "go.mod"), "utf8"),
    goSum: readFileSync(join(modulesDir, module.folder, "go.sum"), "utf8"),
    flags: buildFlags(module.stamps),
  }));
  const inputs = JSON.stringify({ platform: process.platform, arch: process.arch, modules });
  return createHash("sha256").update(inputs).digest("hex").slice(0, 12);
}
