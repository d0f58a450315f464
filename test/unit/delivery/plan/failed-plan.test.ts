import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makePlan } from "../../../../delivery/plan/make-plan";
import { readPreview } from "../../../../delivery/preview/read-preview";
import { UserError } from "../../../../model/problem";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gitops-factory-plan-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

it("A plan that fails before the preview begins leaves a preview that says why, and nothing of an earlier one", async () => {
  const { signal } = new AbortController();
  const output = join(root, "prod");
  const plan = () =>
    makePlan({ root, env: {}, signal, again: signal }, { stack: "prod", output, policyPacks: [], refresh: true });
  await expect(plan()).rejects.toThrow(UserError);
  const file = join(output, "preview.json");
  writeFileSync(file, "of an earlier one");
  writeFileSync(join(output, "plan.json"), "{}");
  // The folder is no checkout.
  await expect(plan()).rejects.toThrow("no checkout of a Git repository");
  const { stack, failures } = readPreview("plans/prod/preview.json", readFileSync(file, "utf8"));
  expect(stack).toBe("prod");
  expect(failures).toEqual([expect.stringContaining("no checkout of a Git repository")]);
  expect(() => readFileSync(join(output, "plan.json"))).toThrow("ENOENT");
});
