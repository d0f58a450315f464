import { plural } from "../../../model/plural";
import { HOME } from "../../cluster/cluster-access";
import type { PropertyChange } from "../../review/review";
import { stepLines } from "../report";
import type { Step } from "../steps";
import type { FirstUpdate } from "./first-update";
import type { Imports } from "./gather-imports";
import type { ImportableObject } from "./importable-kinds";

/** What a run of `factory adopt --import-file` has to say. */
export interface ImportsReport extends Imports {
  readonly stack: string;
  /** As the user named it. */
  readonly fileName: string;
  readonly steps: readonly Step[];
}

const TAKEN_OVER =
  "an import takes what the API server filled in for what was declared, and would have the engine replace some";

/** The report as people read it. */
export function importsText({ stack, fileName, imported, absent, leftOut, otherKinds, steps }: ImportsReport): string {
  const same = imported.filter(({ update }) => isSame(update));
  const changed = imported.filter(({ update }) => !isSame(update));
  const others = otherKinds.map(({ type }) => kindOf(type));
  const sections = [
    [`${plural(imported.length, "object")} that ${stack} would make are on the cluster already: ${fileName}`],
    section(
      "What the first update changes on them, as the API server answers to it:",
      changed.flatMap((one) => [`  ${titleOf(one)}`, ...updateLines(one.update).map((line) => `    ${line}`)]),
    ),
    section("What stays as it is:", countLine(same.map(({ kind }) => kind))),
    section(
      "What the first update makes, as the cluster does not have it:",
      absent.map((one) => `  ${titleOf(one)}`),
    ),
    section(
      "What is not imported, and taken over in place by the first update where it exists (the preview says create):",
      [
        ...leftOut.map((one) => `  ${titleOf(one)}: ${one.reason}`),
        ...countLine(others).map((line) => `${line}: ${TAKEN_OVER}`),
      ],
    ),
    stepLines(steps),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function titleOf({ kind, id, cluster }: ImportableObject): string {
  return `${kind} ${id}${cluster === HOME ? "" : ` on the cluster ${cluster}`}`;
}

function isSame({ changes, ownedByOthers }: FirstUpdate): boolean {
  return changes?.length === 0 && ownedByOthers.length === 0;
}

function updateLines({ changes = [], unasked, ownedByOthers }: FirstUpdate): string[] {
  const marks = changes.filter(isMark);
  return [
    ...(unasked === undefined ? [] : [`not known: ${unasked}`]),
    ...changes.filter((change) => !isMark(change)).map(changeLine),
    ...(marks.length === 0 ? [] : [`+ labels and annotations that say whose it is (${String(marks.length)})`]),
    ...ownedByOthers.map((field) => `! others own ${field}: the update is refused before --take-over is done`),
  ];
}

/** What the program marks its objects by; nothing that runs heeds it. */
const MARK = /^metadata\.(?:labels|annotations)\["(?:dso|gitops-factory|pulumi\.com|app\.kubernetes\.io)\//;

function isMark({ path, before }: PropertyChange): boolean {
  return before === undefined && MARK.test(path);
}

function changeLine({ path, before, after }: PropertyChange): string {
  if (before === undefined) return `+ ${path}: ${after ?? ""}`;
  if (after === undefined) return `- ${path}: ${before}`;
  return `~ ${path}: ${before} → ${after}`;
}

function kindOf(type: string): string {
  return type.slice(type.lastIndexOf(":") + 1);
}

function countLine(kinds: readonly string[]): string[] {
  return kinds.length === 0 ? [] : [`  ${countsOf(kinds)}`];
}

/** `Secret (3), Service (1)`, the most frequent first. */
function countsOf(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([word, count]) => `${word} (${String(count)})`)
    .join(", ");
}

/** The report as other programs read it. */
export function importsJson({ stack, fileName, imported, absent, leftOut, otherKinds, steps }: ImportsReport): object {
  const named = ({ kind, namespace, name, cluster, resource: { urn } }: ImportableObject) => ({
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    cluster,
    urn,
  });
  return {
    stack,
    file: fileName,
    imported: imported.map((one) => ({ ...named(one), id: one.id, ...one.update })),
    absent: absent.map(named),
    leftOut: [
      ...leftOut.map((one) => ({ ...named(one), reason: one.reason })),
      ...otherKinds.map(({ type, urn }) => ({ kind: kindOf(type), urn, reason: TAKEN_OVER })),
    ],
    steps,
  };
}

/** Why there is no file. @param created how much the first update would make */
export function nothingToImport(stack: string, created: number): string {
  return created === 0
    ? `nothing to import: the stack ${stack} has all that the program declares\n`
    : `nothing to import: the first update of ${stack} makes nothing that exists already. Write the catalogue files first: npx factory adopt --from-cluster --stack ${stack}\n`;
}
