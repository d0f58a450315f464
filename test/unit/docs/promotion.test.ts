import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi, onTestFinished } from "vitest";
import { unifiedDiff } from "../../../delivery/bump/diff";
import { diffCommand } from "../../../delivery/diff";
import { changedFiles } from "../../../delivery/promote/changed-files";
import { checkPins, productionOf } from "../../../delivery/promote/check-pins";
import { pinProblem } from "../../../delivery/promote/check-report";
import { environmentsOf } from "../../../delivery/promote/environments";
import { lineEdits } from "../../../delivery/promote/line-edits";
import { planPromotion } from "../../../delivery/promote/plan-promotion";
import { catchPrinted } from "../delivery/support/printed";
import { formatProblem } from "../../../model/problem";
import { application, historyOf, platform, request, SHOP } from "../delivery/promote/platform";

const root = join(__dirname, "..", "..", "..");
const document = readFileSync(join(root, "docs", "promotion.md"), "utf8");

/** @param begin what its first line begins with */
function block(kind: string, begin = ""): string {
  return new RegExp(`\`\`\`${kind}\\n(${begin}[\\s\\S]*?)\`\`\``).exec(document)?.[1] ?? "";
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

  it("shows what --check prints of a pin that was edited by hand", async () => {
    const before = block("yaml").replace("staging: { revision: v1.4.0 }", "staging: { revision: v1.5.0 }");
    const folder = platform({ [SHOP]: before.replace("prod: { revision: v1.4.0 }", "prod: { revision: v1.6.0 }") });
    const all = environmentsOf(folder);
    const history = historyOf([before, block("yaml")]);
    const pins = await checkPins({ root: folder, history, all, targets: productionOf(all), projects: [] });
    const printed = pins.map((pin) => pinProblem(pin, false)).map((problem) => problem && formatProblem(problem));
    const [, ...output] = block("console", "\\$ npx factory promote --check").trimEnd().split("\n");
    expect(printed).toEqual([output.join("\n")]);
  });

  it("shows what factory diff prints of the example catalogue", () => {
    const [command = "", ...output] = block("console", "\\$ npx factory diff").split("\n");
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const printed = catchPrinted();
    diffCommand().parse([...command.split(" ").slice(4), "--root", root], { from: "user" });
    expect(printed.out).toBe(output.join("\n"));
  });
});
