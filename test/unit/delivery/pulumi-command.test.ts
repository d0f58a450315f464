import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askPulumi, type PulumiContext, showPulumi } from "../../../delivery/pulumi-command";

describe("The Pulumi CLI as factory runs it", () => {
  let root: string;
  let stop: AbortController;
  let again: AbortController;
  let context: PulumiContext;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "gitops-factory-cli-"));
    mkdirSync(join(root, "path"));
    [stop, again] = [new AbortController(), new AbortController()];
    const env = { PATH: `${join(root, "path")}:/usr/bin:/bin`, LAB: "this one" };
    context = { root, env, signal: stop.signal, again: again.signal };
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  function pulumi(script: string): void {
    const file = join(root, "path", "pulumi");
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  it("runs in the project's folder with the lab's variables, and its streams are kept apart", async () => {
    pulumi('pwd; echo "$LAB: $*"; echo careful >&2; exit 3');
    expect(await askPulumi(context, ["stack", "ls"])).toEqual({
      exitCode: 3,
      stdout: `${root}\nthis one: stack ls\n`,
      stderr: "careful\n",
    });
  });

  it("gives its exit code when the user watches", async () => {
    pulumi("exit 4");
    expect(await showPulumi(context, ["up"])).toBe(4);
  });

  it("counts as failed when a signal has ended it", async () => {
    pulumi("kill -KILL $$");
    expect(await showPulumi(context, ["up"])).toBe(1);
  });

  it("is told once to stop, and is waited for while it saves its state", async () => {
    pulumi(`trap 'echo told >> told' INT; touch ready; while [ ! -s told ]; do sleep 0.05; done; sleep 0.2; exit 7`);
    const answer = askPulumi(context, ["up"]);
    await vi.waitFor(() => {
      expect(existsSync(join(root, "ready"))).toBe(true);
    }, 30_000);
    stop.abort(new Error("interrupted"));
    expect((await answer).exitCode).toBe(7);
    expect(readFileSync(join(root, "told"), "utf8")).toBe("told\n");
  });

  it("is told again when the user insists", async () => {
    pulumi(`trap 'echo told >> told' INT; touch ready; while [ "$(wc -l < told)" != 2 ]; do sleep 0.05; done; exit 9`);
    writeFileSync(join(root, "told"), "");
    const answer = askPulumi(context, ["up"]);
    await vi.waitFor(() => {
      expect(existsSync(join(root, "ready"))).toBe(true);
    }, 30_000);
    stop.abort(new Error("interrupted"));
    await vi.waitFor(() => {
      expect(readFileSync(join(root, "told"), "utf8")).toBe("told\n");
    }, 30_000);
    again.abort(new Error("interrupted again"));
    expect((await answer).exitCode).toBe(9);
  });

  it("is out of reach of the terminal's Ctrl-C, which it would get a second time from us", async () => {
    pulumi("cut -d ' ' -f 1,6 /proc/$$/stat");
    const { stdout } = await askPulumi(context, ["up"]);
    const [pid, session] = stdout.trim().split(" ");
    expect(session).toBe(pid);
  });

  it("is not even started once the user wants to stop", async () => {
    pulumi("touch started");
    stop.abort(new Error("interrupted"));
    await expect(askPulumi(context, ["up"])).rejects.toThrow("interrupted");
    expect(existsSync(join(root, "started"))).toBe(false);
  });

  it("fails with the cause when it cannot be started", async () => {
    await expect(askPulumi({ ...context, env: { PATH: root } }, ["up"])).rejects.toThrow("ENOENT");
  });
});
