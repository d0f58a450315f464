import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A file of the repository `mirror` on the platform's GitLab. */
export interface MirrorFile {
  /** In the repository: `mirror.sh`. */
  readonly path: string;
  readonly content: string;
  /** Whether it has to be executable there; a pipeline calls it by its path. */
  readonly executable: boolean;
}

/** The files that each repository `mirror` holds (docs/mirror.md), as they lie in `mirror/repository`. */
export function readMirrorFiles(): MirrorFile[] {
  return [read(".gitlab-ci.yml", false), read("mirror.sh", true), read("remote.sh", false), read("refs.sh", false)];
}

/** The bit is told here and not by the file: an archive or a file system may have lost it. */
function read(path: string, executable: boolean): MirrorFile {
  return { path, content: readFileSync(join(__dirname, "repository", path), "utf8"), executable };
}
