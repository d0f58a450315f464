import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi, onTestFinished } from "vitest";
import { unifiedDiff } from "../../../delivery/bump/diff";
import { diffCommand } from "../../../delivery/diff";
import { changedFiles } from "../../../delivery/promote/changed-files";
import { lineEdits } from "../../../delivery/promote/line-edits";
import { planPromotion } from "../../../delivery/promote/plan-promotion";
import { catchPrinted } from "../delivery/support/printed";
import { application, platform, request, SHOP } from "../delivery/promote/platform";

const root = join(__dirname, "..", "..", "..");
const document = readFileSync(join(root, "docs", "promotion.md"), "utf8");

function block(kind: string): string {
  return new RegExp(`\`\`\`${kind}\\n([\\s\\S]*?)\`\`\``).exec(document)?.[1] ?? "";
}

describe("docs/promotion.md", () => {
  it("shows the diff of its catalogue file", async () => {
    const folder = platform({ [SHOP]: block("yaml") });
    const applications = [application("dev", { targetRevision: "v1.5.0" })];
    const plan = await planPromotion({ ...request(folder, applications), from: "dev", to: "staging" });
    const [changed] = changedFiles(folder, plan);
    const before = changed?.file.text ?? "";
    expect(unifiedDiff(SHOP, before, lineEdits(before, changed?.text ?? ""))).toBe(block("diff"));
  });

  it("shows what factory diff prints of the example catalogue", () => {
    const [command = "", ...output] = block("console").split("\n");
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const printed = catchPrinted();
    diffCommand().parse([...command.split(" ").slice(4), "--root", root], { from: "user" });
    expect(printed.out).toBe(output.join("\n"));
  });
});
