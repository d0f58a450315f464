import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";

/** The link to the folder that holds the files now; the files' own names are links through it. */
const current = "..data";

/**
 * Makes a folder hold exactly these files, beside folders that others have made in it. As kubelets do it: a new folder
 * with all of them, and one rename of a link, so that a reader never sees the files of two states together.
 */
export function writeMountedFiles(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  const next = mkdtempSync(join(folder, "..files-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(next, name), content);
  const link = join(folder, current);
  const before = existsSync(link) ? readlinkSync(link) : undefined;
  rmSync(`${link}.new`, { recursive: true, force: true });
  symlinkSync(basename(next), `${link}.new`);
  renameSync(`${link}.new`, link);
  for (const name of Object.keys(files)) {
    if (!isLink(join(folder, name))) symlinkSync(join(current, name), join(folder, name));
  }
  for (const name of readdirSync(folder)) {
    const gone = !name.startsWith("..") && !Object.hasOwn(files, name) && isLink(join(folder, name));
    if (gone) rmSync(join(folder, name));
  }
  if (before !== undefined) rmSync(join(folder, before), { recursive: true, force: true });
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
