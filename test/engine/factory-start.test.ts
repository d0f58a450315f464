import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { destroyLab } from "../../lab/lab";
import { labStatus } from "../../lab/status";
import { FactoryCommand, type Outcome } from "./support/factory-command";

const root = mkdtempSync(join(tmpdir(), "gitops-factory-start-"));
const state = join(root, "a lab");

afterAll(async () => {
  await destroyLab(state);
  rmSync(root, { recursive: true, force: true });
});

function start(): FactoryCommand {
  return new FactoryCommand(["start", "--offline", "--state", state]);
}

/** The processes that work on the lab's stacks: Pulumi and what it has started, by their environment. */
function workers(): string[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`GITOPS_FACTORY_LAB=${state}`);
      } catch {
        return false;
      }
    });
}

/** The last line of an output. */
function lastLine(text: string): string | undefined {
  return text.trimEnd().split("\n").at(-1);
}

function expectPlain({ stdout, stderr }: Outcome): void {
  expect(`${stdout}${stderr}`).not.toContain("\u001b");
}

describe("factory start", () => {
  it.each<[string, string, (command: FactoryCommand) => void]>([
    [
      "A supervisor's signal",
      "argocd-configmap-argocd-cm created",
      (command) => {
        command.kill("SIGINT");
      },
    ],
    [
      "Ctrl-C, which npm passes on once more,",
      "acme-shop-dev-6293-namespace creat",
      (command) => {
        command.interrupt();
        command.kill("SIGINT");
      },
    ],
  ])("%s in the middle of the update leaves nothing half-made and no pulumi behind", async (_, moment, stop) => {
    const command = start();
    await command.says(moment);
    expect(workers()).not.toEqual([]);
    stop(command);
    const outcome = await command.outcome;
    expect(outcome.code).toBe(130);
    expect(lastLine(outcome.stderr)).toBe(
      `interrupted: the lab runs on, and what was made so far is kept; \`npx factory start --state '${state}'\` does the rest`,
    );
    expect(outcome.stdout).toContain("^C received; cancelling");
    expect(outcome.stdout).not.toMatch(/received; terminating|The factory is up/);
    expectPlain(outcome);
    expect((await labStatus(state)).running).toBe(true);
    expect(workers()).toEqual([]);
  });

  it("completes what was interrupted, and says what exists and what to try next", async () => {
    const outcome = await start().outcome;
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).not.toMatch(/errored|warning/);
    expect(outcome.stdout).toContain(
      "\nThe factory is up: environment dev, Argo CD v3.2.12 in the namespace argocd.\n",
    );
    expect(outcome.stdout).toContain(`eval "$(npx factory lab env --state '${state}')"`);
    expectPlain(outcome);
  });

  it("changes nothing when nothing has changed", async () => {
    const { code, stdout } = await start().outcome;
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nResources:\n {4}\d+ unchanged\n/);
    expect(stdout).toContain("\nThe factory is up:");
  });
});
