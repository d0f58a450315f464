/** A point of the calendar and the clock in some time zone. */
interface Local {
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  readonly month: number;
  readonly weekday: number;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** Whether a day has to fit both fields: where one of them is `*`. */
  readonly bothDays: boolean;
}

const aliases: Readonly<Record<string, string>> = {
  "@hourly": "0 * * * *",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@weekly": "0 0 * * 0",
  "@monthly": "0 0 1 * *",
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
};

/** A schedule of five fields as GitLab reads it; absent when it is none. */
export function parseCron(text: string): Cron | undefined {
  const fields = (aliases[text.trim()] ?? text).trim().toLowerCase().split(/\s+/);
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = fields;
  const parts = [
    fieldValues(minute, 0, 59),
    fieldValues(hour, 0, 23),
    fieldValues(day, 1, 31),
    fieldValues(month, 1, 12, months, 1),
    fieldValues(weekday, 0, 7, weekdays),
  ] as const;
  const [minutes, hours, days, ofYear, ofWeek] = parts;
  if (fields.length !== 5 || !minutes || !hours || !days || !ofYear || !ofWeek) return undefined;
  // 7 is Sunday as well.
  const week = new Set([...ofWeek].map((value) => value % 7));
  return { minutes, hours, days, months: ofYear, weekdays: week, bothDays: day === "*" || weekday === "*" };
}

function fieldValues(
  text: string,
  from: number,
  to: number,
  words: readonly string[] = [],
  first = 0,
): Set<number> | undefined {
  const numberOf = (word: string): number => (words.includes(word) ? words.indexOf(word) + first : Number(word));
  const values = new Set<number>();
  for (const part of text.split(",")) {
    const match = /^(?:(\*)|([0-9a-z]+)(?:-([0-9a-z]+))?)(?:\/(\d+))?$/.exec(part);
    if (match === null) return undefined;
    const [, all, low = "", high, step = "1"] = match;
    const begin = all === undefined ? numberOf(low) : from;
    const single = match[4] === undefined ? begin : to;
    const end = all === undefined ? (high === undefined ? single : numberOf(high)) : to;
    const isGood = [begin, end].every((value) => Number.isInteger(value) && value >= from && value <= to);
    if (!isGood || begin > end || step === "0") return undefined;
    for (let value = begin; value <= end; value += Number(step)) values.add(value);
  }
  return values;
}

/** Whether a time zone is known: `UTC`, `Europe/Paris`. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const minuteMs = 60_000;
/** A leap day comes within eight years. */
const longest = 8 * 366 * 24 * 60;

/** The first full minute after a time that a schedule names there; absent when none does. */
export function nextTime(cron: Cron, zone: string, after: Date): Date | undefined {
  const clock = localClock(zone);
  let time = Math.floor(after.getTime() / minuteMs) * minuteMs + minuteMs;
  for (let looked = 0; looked < longest;) {
    const local = clock(new Date(time));
    if (isDay(cron, local) && cron.hours.has(local.hour) && cron.minutes.has(local.minute)) return new Date(time);
    const step = minutesToLook(cron, local);
    time += step * minuteMs;
    looked += step;
  }
  return undefined;
}

/** To the evening of a day that does not fit, else to the next half hour: clocks are changed by an hour at most. */
function minutesToLook(cron: Cron, local: Local): number {
  const { hour, minute } = local;
  if (!isDay(cron, local)) return hour < 22 ? (22 - hour) * 60 - minute : 30 - (minute % 30);
  return cron.hours.has(hour) ? 1 : 30 - (minute % 30);
}

function isDay(cron: Cron, { day, month, weekday }: Local): boolean {
  if (!cron.months.has(month)) return false;
  const [byMonth, byWeek] = [cron.days.has(day), cron.weekdays.has(weekday)];
  return cron.bothDays ? byMonth && byWeek : byMonth || byWeek;
}

function localClock(timeZone: string): (date: Date) => Local {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    minute: "numeric",
    hour: "numeric",
    day: "numeric",
    month: "numeric",
    weekday: "short",
  });
  return (date) => {
    const parts = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
    return {
      minute: Number(parts["minute"]),
      hour: Number(parts["hour"]),
      day: Number(parts["day"]),
      month: Number(parts["month"]),
      weekday: weekdays.indexOf((parts["weekday"] ?? "").toLowerCase()),
    };
  };
}
