import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { stopSurplus } from "../../../../lab/argocd/surplus";
import { isRunning, RecordFolder, startGroup } from "../../../../lab/process";

const folder = mkdtempSync(join(tmpdir(), "gitops-factory-surplus-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("pods that their workloads no longer have", () => {
  it("are stopped and forgotten, and no other process is", async () => {
    const records = new RecordFolder(join(folder, "run"));
    const names = ["argocd-application-controller", "argocd-application-controller-1", "argocd-config", "git-http"];
    const ready = () => Promise.resolve(true as const);
    const specs = names.map((name) => ({ name, command: "sleep", args: ["600"], log: join(folder, name), ready }));
    const group = await startGroup([specs], records, { lifetime: "attached" });
    try {
      const surplus = records.find("argocd-application-controller-1");
      if (surplus === undefined) throw new Error("it was not started");
      await stopSurplus(["argocd-application-controller"], records);
      expect(isRunning(surplus.identity)).toBe(false);
      const left = records.list();
      expect(left.map(({ name }) => name)).toEqual(names.filter((name) => name !== surplus.name));
      expect(left.every(({ identity }) => isRunning(identity))).toBe(true);
    } finally {
      await group.stop();
    }
  });
});
