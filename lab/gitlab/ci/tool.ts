import { dirname } from "node:path";
import { ensureNpmTool, type Progress, silentProgress } from "../../toolchain";
import { ensurePrograms } from "../../toolchain/debian-packages";
import type { GitLabCiLocal } from "./gitlab-ci-local";

/**
 * Makes sure that pipelines can be run: gitlab-ci-local, and rsync, which it calls. Takes minutes where it has to be
 * installed first, so that whoever starts the double had better ask for it before.
 */
export async function ensureCiTool(progress: Progress = silentProgress): Promise<GitLabCiLocal> {
  const script = await ensureNpmTool("gitlab-ci-local", { progress });
  const programs = await ensurePrograms(["rsync", "git"], { progress });
  const folders = [
    ...(process.env["PATH"] ?? "").split(":"),
    dirname(programs.path("rsync")),
    dirname(programs.path("git")),
  ];
  return { script, path: [...new Set(folders)].filter((folder) => folder !== "").join(":") };
}
