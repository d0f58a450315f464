import type { Move } from "./move";
import { pinName } from "./pins";
import type { Plan } from "./plan";

/** `catalog/acme/shop.yaml: deploy in staging: revision v1.4.0 → v1.5.0` */
export function moveLine(move: Move, environment: string): string {
  const { file, repository, before = "(none)", after } = move;
  return `${file}: ${repository} in ${environment}: ${pinName(move)} ${before} → ${after}`;
}

/** The object that `--json` prints. Members may join it; a change of what is there gets another `format`. */
export function jsonPlan({ from, to, moves, grounds, warnings }: Plan): object {
  return {
    format: 1,
    ...(from !== to && { from: from.environment }),
    to: to.environment,
    moves,
    grounds,
    warnings,
  };
}

/** The title of the commit and of the merge request. */
export function planTitle({ from, to, moves }: Plan): string {
  const projects = [...new Set(moves.map(({ project }) => project))];
  const which = projects.length > 3 ? `${String(projects.length)} projects` : projects.join(", ");
  const what = from === to ? `Roll ${to.environment} back` : `Promote ${from.environment} to ${to.environment}`;
  return `${what}: ${which}`;
}

/** What the merge request says: what moves, on what grounds, and what is to be thought of. */
export function planDescription(plan: Plan): string {
  const { to, moves, grounds, warnings } = plan;
  const rows = moves.map(({ project, repository, before = "(none)", after, ...key }) =>
    [project, repository, pinName(key), before, after].map(cell).join(" | "),
  );
  const lines = [
    `What \`${to.environment}\` gets:`,
    "",
    "| project | repository | what | from | to |",
    "|---|---|---|---|---|",
    ...rows.map((row) => `| ${row} |`),
    ...(warnings.length === 0 ? [] : ["", "To think of:", "", ...warnings.flatMap(warningLines)]),
    ...(grounds.length === 0 ? [] : ["", ...grounds.map((ground) => `- ${text(ground)}`)]),
  ];
  return `${lines.join("\n")}\n`;
}

function warningLines({ message, value, fix }: Plan["warnings"][number]): string[] {
  const values = (value ?? "").split("\n").filter((line) => line.trim() !== "");
  return [`- ${text(message)}: ${text(fix)}`, ...values.map((line) => `  - ${text(line.trim())}`)];
}

function cell(value: string): string {
  return `\`${value.replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}

/** Others' words, titles of commits among them, must not become markup or call people. */
function text(value: string): string {
  return value.replace(/[\\`*_<>[\]|~#!]/g, "\\$&").replaceAll("@", "@\u200b");
}
