import { expect, it } from "vitest";
import { moodOf } from "../../../../delivery/report/mood";

it.each([
  ["Synced", "Healthy", "fine"],
  ["Synced", "Progressing", "busy"],
  ["OutOfSync", "Progressing", "busy"],
  ["Synced", "Suspended", "busy"],
  ["OutOfSync", "Suspended", "bad"],
  ["OutOfSync", "Healthy", "bad"],
  ["Synced", "Degraded", "bad"],
  ["Synced", "Missing", "bad"],
  ["Unknown", "Unknown", "bad"],
])("An Application that is %s and %s is %s", (sync, health, expected) => {
  expect(moodOf({ sync, health })).toBe(expected);
});

it("An Application of which nothing is told is not known", () => {
  expect(moodOf(undefined)).toBe("unknown");
});
