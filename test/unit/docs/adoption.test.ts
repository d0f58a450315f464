import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { runFactory } from "../../../delivery/factory";
import { catchPrinted } from "../delivery/support/printed";

it("docs/adoption.md shows what `factory adopt` prints of the document's Application", async () => {
  const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "adoption.md"), "utf8");
  const [, command = "", output = ""] =
    /<!-- factory adopt -->\n```console\n\$ npx factory (.+)\n([\s\S]*?)```/.exec(page) ?? [];
  const root = mkdtempSync(join(tmpdir(), "gitops-factory-docs-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });
  const printed = catchPrinted();
  await runFactory([...command.split(" "), "--root", root]);
  expect(printed.err).toBe("");
  expect(printed.out).toBe(output);
});
