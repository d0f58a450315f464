import { describe, expect, it } from "vitest";
import { cronFault } from "../../../model/cron";

describe("a schedule", () => {
  it.each([
    "* * * * *",
    "0 22 * * mon-fri",
    "*/15 8-18 1,15 JAN-mar 0",
    "5/10 0 ? * ?",
    "0 0 29 2 *",
    "0 0 31 4 mon",
    "0 0 31 4 */2",
    "  0  0 31 * * ",
  ])("may be %j", (schedule) => {
    expect(cronFault(schedule)).toBeUndefined();
  });

  it.each([
    ["@daily", "it has 1 fields instead of 5"],
    ["0 0 * * * *", "it has 6 fields instead of 5"],
    ["60 0 * * *", '"60" is no minute (0 to 59)'],
    ["0 24 * * *", '"24" is no hour (0 to 23)'],
    ["0 0 0 * *", '"0" is no day of the month (1 to 31)'],
    ["0 0 * 13 *", '"13" is no month (1 to 12)'],
    ["0 0 * * 7", '"7" is no day of the week (0 to 6)'],
    ["0 0 * * fri-mon", '"fri-mon" is no day of the week (0 to 6)'],
    ["*/0 * * * *", '"*/0" is no minute (0 to 59)'],
    ["1, * * * *", '"1," is no minute (0 to 59)'],
    ["a * * * *", '"a" is no minute (0 to 59)'],
    ["0 0 30 feb *", "no month of it has such a day"],
    ["0 0 31 4,6 */1", "no month of it has such a day"],
  ])("is not %j", (schedule, fault) => {
    expect(cronFault(schedule)).toBe(fault);
  });
});
