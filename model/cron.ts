interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words: readonly string[];
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** The fields in their order, as github.com/robfig/cron/v3 has them; its Sunday is 0 and never 7. */
const FIELDS: readonly [Field, Field, Field, Field, Field] = [
  { name: "minute", from: 0, to: 59, words: [] },
  { name: "hour", from: 0, to: 23, words: [] },
  { name: "day of the month", from: 1, to: 31, words: [] },
  { name: "month", from: 1, to: 12, words: MONTHS },
  { name: "day of the week", from: 0, to: 6, words: DAYS },
];

/** The greatest number of days that a month has, February's leap day included. */
const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What is wrong with a schedule of five fields as Argo CD reads it; absent when it is good. */
export function cronFault(schedule: string): string | undefined {
  const texts = schedule.trim().split(/\s+/);
  if (texts.length !== FIELDS.length) return `it has ${String(texts.length)} fields instead of 5`;
  const values = FIELDS.map((field, index) => fieldValues(texts[index] ?? "", field));
  const wrong = values.findIndex((value) => value === undefined);
  if (wrong >= 0) {
    const field = FIELDS[wrong];
    return `"${String(texts[wrong])}" is no ${String(field?.name)} (${String(field?.from)} to ${String(field?.to)})`;
  }
  const [, , days = [], months = []] = values;
  const anyDayOfWeek = /(^|,)[*?](\/1)?(,|$)/.test(texts[4] ?? "");
  const comes = months.some((month) => days.some((day) => day <= (LENGTHS[month - 1] ?? 0)));
  // Argo CD would take a schedule without a next time for one that is always open.
  return comes || !anyDayOfWeek ? undefined : "no month of it has such a day";
}

/** The numbers that a field stands for; absent when it stands for none. */
function fieldValues(text: string, field: Field): number[] | undefined {
  const ranges = text.split(",").map((range) => rangeValues(range, field));
  return ranges.some((range) => range === undefined) ? undefined : ranges.flatMap((range) => range ?? []);
}

/** `*`, `5`, `1-5`, `mon-fri`, each with or without a step: `*` + `/15`. A step after one number runs to the end. */
function rangeValues(text: string, field: Field): number[] | undefined {
  const match = /^(?:[*?]|([0-9a-z]+)(?:-([0-9a-z]+))?)(?:\/([0-9]+))?$/i.exec(text);
  if (match === null) return undefined;
  const [, first, last, step] = match;
  const begin = first === undefined ? field.from : numberOf(first, field);
  const end = endOf(begin, first, last, step, field);
  const pace = step === undefined ? 1 : Number(step);
  if (begin === undefined || end === undefined || pace === 0 || begin > end) return undefined;
  if (begin < field.from || end > field.to) return undefined;
  return Array.from({ length: Math.floor((end - begin) / pace) + 1 }, (_, index) => begin + index * pace);
}

function endOf(
  begin: number | undefined,
  first: string | undefined,
  last: string | undefined,
  step: string | undefined,
  field: Field,
): number | undefined {
  if (last !== undefined) return numberOf(last, field);
  return first === undefined || step !== undefined ? field.to : begin;
}

function numberOf(text: string, { words, from }: Field): number | undefined {
  if (/^[0-9]+$/.test(text)) return Number(text);
  const index = words.indexOf(text.toLowerCase());
  return index < 0 ? undefined : index + from;
}
