import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { isRunning, type Lifetime, type ProcessIdentity, stopProcess } from "../../../../lab/process";
import { temporaryFolder } from "./sample";

const folder = temporaryFolder();

/** A process that its parent started, once that parent was ended without a chance to clean up. */
async function orphan(lifetime: Lifetime): Promise<ProcessIdentity> {
  const args = ["--require", "tsx/cjs", join(__dirname, "parent.ts"), lifetime, join(folder, `${lifetime}.log`)];
  const parent = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  const identity = JSON.parse(line.toString()) as ProcessIdentity;
  expect(isRunning(identity)).toBe(true);
  parent.kill("SIGKILL");
  await once(parent, "exit");
  return identity;
}

describe("the lifetime of a process", () => {
  it("ends with its parent when it is attached, even when the parent is killed", async () => {
    const identity = await orphan("attached");
    await vi.waitFor(
      () => {
        expect(isRunning(identity)).toBe(false);
      },
      { timeout: 50_000 },
    );
  });

  it("goes on without its parent when it is detached", async () => {
    const identity = await orphan("detached");
    expect(isRunning(identity)).toBe(true);
    await stopProcess(identity);
  });
});
