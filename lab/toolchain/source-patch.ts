import { copyFile, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SourcePatch } from "./catalogue-types";

export interface PatchPlaces {
  /** The module's files, as Go has downloaded and verified them. They are left as they are. */
  readonly source: string;
  /** The folder with the go.mod and the go.sum of the build. */
  readonly modules: string;
  /** A folder for what the flags name; it is made, and has to outlast the build. */
  readonly temporary: string;
}

/**
 * The flags by which `go build` reads one file of a module with a patch applied. Go takes no overlay on its module
 * cache: a copy of the build's go.mod replaces the module by a link to the same files, and the overlay is on the link.
 */
export async function patchFlags(patch: SourcePatch, { source, modules, temporary }: PatchPlaces): Promise<string[]> {
  const parts = (await readFile(join(source, patch.path), "utf8")).split(patch.from);
  if (parts.length === 1) {
    throw new Error(
      `the catalogue of tools patches ${patch.from} in ${patch.path} of ${patch.module}: it is not there`,
    );
  }
  const inside = (name: string): string => join(temporary, name);
  await mkdir(temporary, { recursive: true });
  await symlink(source, inside("source"));
  await writeFile(inside("patched.go"), parts.join(patch.to));
  const overlay = { Replace: { [join(inside("source"), patch.path)]: inside("patched.go") } };
  await writeFile(inside("overlay.json"), JSON.stringify(overlay));
  const goMod = await readFile(join(modules, "go.mod"), "utf8");
  const replace = `replace ${patch.module} => ${JSON.stringify(inside("source"))}`;
  await writeFile(inside("go.mod"), `${goMod}\n${replace}\n`);
  await copyFile(join(modules, "go.sum"), inside("go.sum"));
  return [`-modfile=${inside("go.mod")}`, `-overlay=${inside("overlay.json")}`];
}
