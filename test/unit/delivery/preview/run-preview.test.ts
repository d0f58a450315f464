import { describe, expect, it } from "vitest";
import { previewOfAnswer } from "../../../../delivery/preview/run-preview";
import { eventStream } from "./support/preview-files";

const ended = (exitCode: number, stdout: string, stderr = "") => previewOfAnswer("dev", { exitCode, stdout, stderr });
const message = "no such field";
const told = eventStream([], { said: [{ severity: "error", message }] });
const mandatory = { policyName: "a", policyPackName: "b", enforcementLevel: "mandatory", message, resourceUrn: "" };

describe("What `pulumi preview` has printed", () => {
  it("is a good preview when Pulumi ends well", () => {
    expect(ended(0, eventStream([], { same: 8 }), "warning: a new version")).toMatchObject({
      unchanged: 7,
      failures: [],
    });
  });

  it.each([
    ["and Pulumi says nothing", "", "", "pulumi ended with 255"],
    ["and Pulumi says why beside it", "", "error: no stack named 'dev' found\n", "no stack named 'dev' found"],
    [
      "although its events are good and whole",
      eventStream([]),
      "error: cannot write the plan\n",
      "cannot write the plan",
    ],
    ["and its events say why", told, "error: preview failed\n", message],
  ])("has failed when Pulumi ends badly, %s", (_, stdout, stderr, reason) => {
    expect(ended(255, stdout, stderr)).toMatchObject({ stack: "dev", failures: [reason] });
  });

  it("is blocked, not failed, when a mandatory policy stops it", () => {
    expect(ended(255, eventStream([], { policies: [mandatory] }), "error: preview failed").failures).toEqual([]);
  });
});
