import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { destroyLab } from "../../../lab/lab";
import { layoutOf } from "../../../lab/layout";
import { isRunning, RecordFolder } from "../../../lab/process";
import { eventually } from "../support/eventually";

const stateDir = mkdtempSync(join(tmpdir(), "gitops-factory-lifetime-"));
afterAll(async () => {
  await destroyLab(stateDir);
  rmSync(stateDir, { recursive: true, force: true });
});

it("every process of the parts ends with the one that started it, even when that is killed", async () => {
  const args = ["--require", "tsx/cjs", join(__dirname, "parent.ts"), stateDir];
  const parent = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  await once(parent.stdout, "data");
  const records = new RecordFolder(layoutOf(stateDir).records).list();
  expect(records.filter(({ identity }) => !isRunning(identity))).toEqual([]);
  expect(records.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["coredns", "upstream-dns", "dnsmasq", "consul", "git-http", "git-sshd", "identity"]),
  );

  parent.kill("SIGKILL");
  await once(parent, "exit");
  const survivors = () => records.filter(({ identity }) => isRunning(identity)).map(({ name }) => name);
  await eventually(
    () => Promise.resolve(survivors().length === 0 ? true : undefined),
    () => `these go on: ${survivors().join(", ")}`,
  );
});
