import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { type ProcessSpec, type StartOptions, startProcess, stopProcess } from "../../../../lab/process";

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gitops-factory-process-"));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A shell that runs a script, ready at once unless the test says otherwise. */
export function shell(folder: string, script: string, more: Partial<ProcessSpec> = {}): ProcessSpec {
  const name = more.name ?? "sample";
  return {
    name,
    command: "/bin/sh",
    args: ["-c", script],
    log: join(folder, `${name}.log`),
    ready: () => Promise.resolve(true),
    ...more,
  };
}

/** Starts a process that does not outlive the test, even if the test fails. */
export async function startForTest(
  spec: ProcessSpec,
  options: Partial<StartOptions> = {},
): ReturnType<typeof startProcess> {
  const identity = await startProcess(spec, { lifetime: "attached", ...options });
  afterAll(() => stopProcess(identity, 0));
  return identity;
}
