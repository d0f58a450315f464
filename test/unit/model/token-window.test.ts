import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tokenWindow } from "../../../model/token-window";

const DAY = 24 * 60 * 60 * 1000;

describe("the dates of a token", () => {
  it("stay the same until the day of renewal, and then move on by one period", () => {
    const lifetime = { validDays: 365, rotateBeforeDays: 30 };
    const first = tokenWindow(new Date("2026-11-21T12:00:00Z"), lifetime);
    expect(first).toEqual({ expiresAt: "2027-11-13", renewFrom: "2027-10-14" });
    expect(tokenWindow(new Date("2027-10-13T23:59:59Z"), lifetime)).toEqual(first);
    expect(tokenWindow(new Date("2027-10-14T00:00:00Z"), lifetime)).toEqual({
      expiresAt: "2028-10-13",
      renewFrom: "2028-09-13",
    });
  });

  it("always leave the days that are kept for the renewal, and never more than are allowed", () => {
    const lifetimes = fc.record({
      validDays: fc.integer({ min: 2, max: 365 }),
      rotateBeforeDays: fc.integer({ min: 1, max: 364 }),
    });
    const times = fc.date({ min: new Date("2020-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(times, lifetimes, (now, lifetime) => {
        fc.pre(lifetime.rotateBeforeDays < lifetime.validDays);
        const { expiresAt, renewFrom } = tokenWindow(now, lifetime);
        const left = (Date.parse(expiresAt) - now.getTime()) / DAY;
        expect(left).toBeGreaterThan(lifetime.rotateBeforeDays);
        expect(left).toBeLessThanOrEqual(lifetime.validDays);
        expect((Date.parse(expiresAt) - Date.parse(renewFrom)) / DAY).toBe(lifetime.rotateBeforeDays);
        expect(Date.parse(renewFrom)).toBeGreaterThan(now.getTime());
      }),
    );
  });
});
