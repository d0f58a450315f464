/** The tools of the lab: real programs, built from pinned modules, cached, or taken from PATH. */
export { cacheRoot, manifestCacheDir } from "../../manifests/cache";
export { type ManifestSet, type ManifestSetName, manifestSets, type ToolName } from "./catalogue";
export { ensureTools, type EnsureOptions, type Toolchain } from "./ensure";
export { createProgress, type Progress, type ProgressStep, silentProgress, type StepPosition } from "./progress";
