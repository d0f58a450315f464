import { plural } from "../../model/plural";
import { formatTable } from "../table";
import { painter, type Style } from "../terminal";
import { isFine, type StatusEntry } from "./entry";

/** The object that `--json` prints. Members may join it; a change of what is there gets another `format`. */
export function jsonStatus(entries: readonly StatusEntry[]): object {
  return {
    format: 1,
    fine: entries.every(isFine),
    applications: entries.map(({ from, ...entry }) => ({ ...entry, from })),
  };
}

/** A table for people, with what is wrong below it. */
export function tableStatus(entries: readonly StatusEntry[], now: Date, paint = painter(process.stdout)): string {
  if (entries.length === 0) return "no Application is there for this\n";
  const hasFurther = entries.some(({ cluster }) => cluster !== undefined);
  const rows = entries.map((entry) => [
    entry.project,
    entry.environment ?? "-",
    entry.application,
    ...(hasFurther ? [entry.cluster ?? "-"] : []),
    imagesText(entry.images),
    entry.revisions.map((revision) => (/^[0-9a-f]{40}$/.test(revision) ? revision.slice(0, 8) : revision)).join(", ") ||
      "-",
    paint(entry.sync, entry.sync === "Synced" ? "green" : "yellow"),
    paint(entry.health, styleOfHealth(entry.health)),
    deliveryText(entry, now),
  ]);
  const cluster = hasFurther ? ["CLUSTER"] : [];
  const rest = ["IMAGES", "REVISION", "SYNC", "HEALTH", "LAST DELIVERY"];
  const head = ["PROJECT", "ENVIRONMENT", "APPLICATION", ...cluster, ...rest];
  const bad = entries.filter((entry) => !isFine(entry));
  const notes = entries.flatMap(({ application, messages }) => messages.map((message) => `${application}: ${message}`));
  const lines = [
    ...formatTable(head, rows),
    ...(notes.length > 0 ? ["", ...notes] : []),
    ...(bad.length > 0
      ? ["", `${plural(bad.length, "Application")} of ${String(entries.length)} out of sync or not healthy`]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}

function styleOfHealth(health: string): Style {
  if (health === "Healthy") return "green";
  return health === "Degraded" || health === "Missing" ? "red" : "yellow";
}

/** The last part of the name and the tag say which; the registry is the same for most. */
function imagesText(images: readonly string[]): string {
  const short = images.map((image) => (image.split("/").at(-1) ?? image).replace(/@sha256:(\w{12})\w*/, "@$1"));
  const [first, ...others] = short;
  if (first === undefined) return "-";
  return others.length > 1 ? `${first} and ${String(others.length)} more` : short.join(", ");
}

function deliveryText({ delivery }: StatusEntry, now: Date): string {
  if (delivery === undefined) return "-";
  const { at, by, author, title } = delivery;
  const who = author ?? by;
  return [
    `${age(now.getTime() - Date.parse(at))} ago`,
    ...(who === undefined ? [] : [`by ${who}`]),
    ...(title === undefined ? [] : [`(${title})`]),
  ].join(" ");
}

/** `3 m`, `5 h`, `12 d`. */
function age(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 90) return `${String(seconds)} s`;
  if (seconds < 5_400) return `${String(Math.round(seconds / 60))} m`;
  if (seconds < 129_600) return `${String(Math.round(seconds / 3_600))} h`;
  return `${String(Math.round(seconds / 86_400))} d`;
}
