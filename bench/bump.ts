import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

/**
 * `npx tsx bench/bump.ts`: `factory bump` on 1,000 values files of 30 lines, as a process of its own. Prints the
 * seconds of each of three rounds.
 */
const COUNT = Number(process.argv[2] ?? 1000);

const command = join(__dirname, "..", "bin", "factory.js");
const folder = mkdtempSync(join(tmpdir(), "gitops-factory-bench-"));
try {
  const files = Array.from({ length: COUNT }, (_, index) => join(folder, `values-${String(index)}.yaml`));
  for (const file of files) writeFileSync(file, values());
  for (const tag of ["v2", "v3", "v4"]) {
    const start = performance.now();
    const args = [command, "bump", ...files, "--image", "registry.acme.example/shop", "--tag", tag];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    process.stdout.write(`${String(COUNT)} files: ${((performance.now() - start) / 1000).toFixed(2)} s\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function values(): string {
  const others = Array.from({ length: 24 }, (_, index) => `  setting-${String(index)}: "value" # of the chart`);
  return [
    "replicas: 2",
    "image:",
    "  repository: registry.acme.example/shop",
    "  tag: v1",
    "settings:",
    ...others,
    "",
  ].join("\n");
}
