import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keepFailure, makePlan } from "../../../../delivery/plan/make-plan";
import { readPreview } from "../../../../delivery/preview/read-preview";
import { forArtifacts } from "../../../../delivery/plan/showable-texts";
import { UserError } from "../../../../model/problem";
import { eventStream } from "../preview/support/preview-files";

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

const problem = new UserError([{ severity: "error", file: "pulumi", path: "", message: "no room", fix: "make some" }]);

it.each([
  ["whole, which says nothing of it", eventStream([]), ["no room"]],
  ["cut off", eventStream([]).slice(0, -90), ["no room"]],
  ["that says so itself", eventStream([], { said: [{ severity: "error", message: "odd" }] }), ["odd"]],
])("Why a plan is not there is in a preview %s", (_, events, reasons) => {
  const file = join(root, "preview.json");
  writeFileSync(file, events);
  keepFailure(file, problem);
  const { failures } = readPreview(file, readFileSync(file, "utf8"));
  expect(failures).toEqual(reasons.map((reason) => expect.stringContaining(reason) as string));
});

it("A kept preview has no secret of the job, and is JSON all the same", () => {
  const password = 'correct "horse"';
  vi.stubEnv("SMTP_PASSWORD", password);
  const kept = forArtifacts()(eventStream([], { said: [{ severity: "warning", message: `${password} is wrong` }] }));
  vi.unstubAllEnvs();
  const { warnings } = readPreview("preview.json", kept);
  expect(warnings.map(({ message }) => message)).toEqual(["[secret] is wrong"]);
});
