/** The tools of the lab: real programs, built from pinned modules, cached, or taken from PATH. */
export { cacheRoot, manifestCacheDir } from "../../manifests/cache";
export { manifestSets } from "./catalogue";
export type { ManifestSet, ManifestSetName, ToolName } from "./catalogue-types";
export { ensureTools, type EnsureOptions, type Toolchain } from "./ensure";
export { ensureNpmTool, type NpmTool } from "./npm-tools";
export { createProgress, type Progress, type ProgressStep, silentProgress, type StepPosition } from "./progress";
