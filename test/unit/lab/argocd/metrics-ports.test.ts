import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { metricsPorts } from "../../../../lab/argocd/metrics-ports";
import { identify, RecordFolder } from "../../../../lab/process";

const folder = mkdtempSync(join(tmpdir(), "gitops-factory-ports-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function withListener<T>(port: number, work: () => Promise<T>): Promise<T> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  try {
    return await work();
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

describe("ports for metrics", () => {
  const file = join(folder, "ports.json");
  const records = new RecordFolder(join(folder, "run"));
  const names = ["controller", "controller-1"];

  it("are one for each process, and the same at the next call", async () => {
    const ports = await metricsPorts(file, names, records);
    expect(Object.keys(ports)).toEqual(names);
    expect(new Set(Object.values(ports)).size).toBe(2);
    expect(await metricsPorts(file, names, records)).toEqual(ports);
    expect(await metricsPorts(file, ["controller"], records)).toEqual({ controller: ports["controller"] });
    expect(await metricsPorts(file, names, records)).toEqual(ports);
  });

  it("are others when somebody else has taken them, but not when the process itself listens there", async () => {
    const before = (await metricsPorts(file, ["controller"], records))["controller"] ?? 0;
    const identity = identify(process.pid);
    if (identity === undefined) throw new Error("this process is not running");
    await withListener(before, async () => {
      const command = { name: "controller", identity, command: "node", args: [], log: "", ports: [before], stage: 0 };
      records.save(command);
      expect(await metricsPorts(file, ["controller"], records)).toEqual({ controller: before });
      records.remove("controller");
      expect((await metricsPorts(file, ["controller"], records))["controller"]).not.toBe(before);
    });
  });
});
