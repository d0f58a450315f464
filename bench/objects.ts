import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { createLab, type Lab } from "../lab/lab";

/**
 * `npm run bench`: the same objects on the same API server by `kubectl` and by `pulumi`, in one run, in turn.
 * Prints a Markdown table of seconds: the median of the rounds.
 */
const COUNT = Number(process.argv[2] ?? 300);
const ROUNDS = Number(process.argv[3] ?? 3);

const root = join(__dirname, "..");

type Row = readonly [what: string, kubectl: number, pulumi: number];

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "gitops-factory-bench-"));
  const lab = await createLab({ stateDir: join(folder, "lab") });
  try {
    const rows: Row[][] = [];
    for (let round = 0; round < ROUNDS; round += 1) rows.push(measure(lab, folder, round));
    process.stdout.write(`\n${String(COUNT)} ConfigMaps | kubectl | pulumi\n--- | --- | ---\n`);
    (rows[0] ?? []).forEach(([what], index) => {
      const column = (side: 1 | 2) => median(rows.map((round) => round[index]?.[side] ?? 0)).toFixed(1);
      process.stdout.write(`${what} | ${column(1)} s | ${column(2)} s\n`);
    });
  } finally {
    await lab.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(lab: Lab, folder: string, round: number): Row[] {
  const file = join(folder, `objects-${String(round)}.json`);
  const items = objects(`kubectl-${String(round)}`);
  writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  const project = program(folder, `pulumi-${String(round)}`);
  const kubectl = (...args: string[]) => seconds(lab, root, "kubectl", [...args, "--server-side", "-f", file]);
  const stack = `bench-${String(round)}`;
  const pulumi = (...args: string[]) => seconds(lab, project, "pulumi", [...args, "--stack", stack]);
  pulumi("stack", "init");
  return [
    ["create", kubectl("apply"), pulumi("up", "--yes", "--skip-preview")],
    ["compare, nothing changed", kubectl("diff"), pulumi("preview")],
  ];
}

function objects(prefix: string): object[] {
  return Array.from({ length: COUNT }, (_, index) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace: "default", name: `${prefix}-${String(index)}` },
    data: { index: String(index) },
  }));
}

/** A plain program with a resource for each object. */
function program(folder: string, prefix: string): string {
  const dir = join(folder, prefix);
  mkdirSync(dir);
  symlinkSync(join(root, "node_modules"), join(dir, "node_modules"));
  writeFileSync(join(dir, "Pulumi.yaml"), "name: bench\nruntime: nodejs\nmain: index.js\n");
  writeFileSync(join(dir, "package.json"), '{ "name": "bench", "private": true }\n');
  const text = `const { ConfigMap } = require("@pulumi/kubernetes/core/v1");
for (const { metadata, data } of ${JSON.stringify(objects(prefix))}) new ConfigMap(metadata.name, { metadata, data });
`;
  writeFileSync(join(dir, "index.js"), text);
  return dir;
}

function seconds(lab: Lab, cwd: string, command: string, args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, { cwd, env: { ...process.env, ...lab.env }, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stderr}`);
  return (performance.now() - start) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

void main();
