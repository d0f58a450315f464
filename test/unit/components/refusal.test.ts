import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { refusal } from "../../../components/refusal";
import { formatForEngine, type Problem } from "../../../model/problem";

it("A refusal holds its problems and nothing of the program that Pulumi could print", () => {
  const problem: Problem = { severity: "error", file: "a.yaml", path: "b", message: "it is odd", fix: "even it out" };
  const error = refusal([problem]);
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect(error.message).toBe(formatForEngine([problem]));
  expect(error.stack).toBeUndefined();
});
