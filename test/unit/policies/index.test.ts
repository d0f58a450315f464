import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../../../policies/index";
import { defaultSettings } from "../../../policies/settings";

const root = join(__dirname, "..", "..", "..");
const files = readdirSync(join(root, "policies", "rules")).map((file) => file.replace(/\.ts$/, ""));

describe("The policy pack", () => {
  it("holds each rule of the folder once", () => {
    expect(rules.map(({ name }) => name).sort()).toEqual([...files].sort());
    expect(rules.length).toBeGreaterThanOrEqual(25);
  });

  it.each(rules.map((rule) => [rule.name, rule] as const))("%s has what people are told of it", (name, rule) => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
    for (const sentence of [rule.description, rule.reason]) expect(sentence).toMatch(/^[A-Z].*[^.]\.$/s);
    expect(rule.source).toMatch(/^https:\/\/\S+$/);
    expect(() => defaultSettings(rule)).not.toThrow();
  });

  it.each(files)("%s has a test of its own, by the harness", (file) => {
    expect(existsSync(join(root, "test", "unit", "policies", "rules", `${file}.test.ts`))).toBe(true);
  });
});
