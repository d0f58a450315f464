import { describe, expect, it } from "vitest";
import { isTimeZone, nextTime, parseCron } from "../../../../../lab/gitlab/ci/cron";

/** The next time of a schedule, in UTC. */
function next(cron: string, zone: string, after: string): string | undefined {
  const parsed = parseCron(cron);
  if (parsed === undefined) throw new Error(`${cron} is no schedule`);
  return nextTime(parsed, zone, new Date(after))?.toISOString();
}

describe("the next time of a schedule", () => {
  it.each([
    ["*/15 * * * *", "2026-01-01T10:01:30Z", "2026-01-01T10:15:00.000Z"],
    ["0 4 * * *", "2026-01-01T04:00:00Z", "2026-01-02T04:00:00.000Z"],
    ["30 9 * * mon-fri", "2026-01-02T10:00:00Z", "2026-01-05T09:30:00.000Z"],
    ["0 0 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00.000Z"],
    ["0 12 1 * 0", "2026-01-02T00:00:00Z", "2026-01-04T12:00:00.000Z"],
    ["0 0 * * 7", "2026-01-01T00:00:00Z", "2026-01-04T00:00:00.000Z"],
    ["@monthly", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00.000Z"],
  ])("%s after %s is %s", (cron, after, expected) => {
    expect(next(cron, "UTC", after)).toBe(expected);
  });

  it("is by the clocks of its time zone, summer and winter", () => {
    expect(next("0 4 * * *", "Europe/Paris", "2026-01-10T12:00:00Z")).toBe("2026-01-11T03:00:00.000Z");
    expect(next("0 4 * * *", "Europe/Paris", "2026-07-10T12:00:00Z")).toBe("2026-07-11T02:00:00.000Z");
    expect(next("15 8 * * *", "Asia/Kolkata", "2026-01-10T12:00:00Z")).toBe("2026-01-11T02:45:00.000Z");
  });

  it("is not there for a day that no year has", () => {
    expect(next("0 0 31 2 *", "UTC", "2026-01-01T00:00:00Z")).toBeUndefined();
  });
});

describe("what is no schedule", () => {
  it.each(["", "* * * *", "61 * * * *", "* * * * mon-xyz", "5-1 * * * *", "*/0 * * * *", "a b c d e"])("%j", (text) => {
    expect(parseCron(text)).toBeUndefined();
  });

  it("and what is no time zone is told apart as well", () => {
    expect([isTimeZone("Europe/Paris"), isTimeZone("Mars/Base")]).toEqual([true, false]);
  });
});
