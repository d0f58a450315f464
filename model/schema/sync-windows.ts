import { z } from "zod";
import { cronFault } from "../cron";
import type { Finding } from "../report";
import { repositoryName } from "./names";
import { distinct, judge, strict, text } from "./strict";

const schedule = text((value) => {
  const fault = cronFault(value);
  return fault === undefined
    ? undefined
    : {
        message: `the schedule is not one that Argo CD understands: ${fault}`,
        allowed: 'minute, hour, day of the month, month, day of the week: "0 22 * * mon-fri"',
        fix: "write five fields, without a name such as @daily",
      };
});

/** A duration of Go of some length, in the units that a person means. */
export const duration = text(
  (value) =>
    /^([0-9]+(\.[0-9]+)?(h|m|s))+$/.test(value) && /[1-9]/.test(value)
      ? undefined
      : {
          message: "the value is not a duration",
          allowed: "a number and h, m or s, or several of them: 90s, 8h, 1h30m",
          fix: "write it so",
        },
  /^([0-9]+(\.[0-9]+)?(h|m|s))+$/,
);

/** Argo CD takes a time zone that it does not know for UTC and only logs it. */
export const timeZone = text((value) => {
  const known = timeZoneOf(value);
  if (known === value) return undefined;
  return {
    message: "the value is not a time zone",
    allowed: "a name of the IANA database: Europe/Paris, UTC",
    fix: known === undefined ? "write such a name" : `write ${known}`,
  };
});

/** The time zone in its own spelling; an alias stays what it is. */
function timeZoneOf(value: string): string | undefined {
  if (!/^[A-Za-z]/.test(value)) return undefined;
  try {
    const resolved = new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone;
    return resolved.toLowerCase() === value.toLowerCase() ? resolved : value;
  } catch {
    return undefined;
  }
}

const shape = {
  kind: z
    .enum(["allow", "deny"])
    .describe("allow: only while it is open is synchronised; deny: never while it is open."),
  schedule: schedule.describe('When it opens, as cron writes it: "0 22 * * mon-fri".'),
  duration: duration.describe("For how long it is open: 8h."),
  timeZone: timeZone.optional().describe("The schedule's time zone: Europe/Paris. Default: UTC."),
  manualSync: z
    .boolean()
    .optional()
    .describe("Whether people may synchronise by hand when it keeps Argo CD from it. Default: false."),
  description: z.string().max(255).optional().describe("Why the window is there."),
};

function noTwins(windows: readonly object[]): Finding | undefined {
  const keys = windows.map((window) => JSON.stringify(Object.entries(window).sort()));
  const twin = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  return twin < 0
    ? undefined
    : {
        message: `the windows ${String(keys.indexOf(keys[twin] ?? ""))} and ${String(twin)} are the same`,
        fix: "remove one of the two",
      };
}

/** When the Applications of every project may be synchronised. */
export const platformWindows = z.array(strict(shape)).check(judge(noTwins));

/** When the Applications of one project may be synchronised. */
export const projectWindows = z
  .array(
    strict({
      ...shape,
      applications: distinct(repositoryName)
        .min(1)
        .optional()
        .describe("The project's repositories whose Applications it counts for, by name. Default: all."),
    }),
  )
  .check(judge(noTwins));
export type ProjectWindows = z.output<typeof projectWindows>;
