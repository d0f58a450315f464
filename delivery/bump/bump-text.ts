import type { Node } from "yaml";
import type { Problem } from "../../model/problem";
import { choosePlaces, pathText } from "./choose";
import { plan } from "./edits";
import type { Place, Source, Version } from "./place";
import { sharingOf } from "./shared";
import { applyEdits, Unwritable, type Edit } from "./slot";
import { parseSource } from "./source";
import { versionOf, type Request } from "./wanted";

/** One place of a file, before and after. */
export interface Change {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** What a request makes of a file's text. */
export interface Bumped {
  readonly text: string;
  readonly edits: readonly Edit[];
  readonly changes: readonly Change[];
  /** The places that say already what is wanted. */
  readonly unchanged: readonly string[];
}

const MARK = "\uFEFF";

/**
 * Sets the image in a text; nothing but the version's own characters changes.
 *
 * @param file as the user knows it; a kustomization is known by this name too
 * @returns the new text, or all that is wrong
 */
export function bumpText(file: string, text: string, request: Request): Bumped | readonly Problem[] {
  const mark = text.startsWith(MARK) ? MARK : "";
  const source = parseSource(file, text.slice(mark.length));
  if (!("documents" in source)) return source;
  const { places, problems } = choosePlaces(source, request);
  if (problems.length > 0) return problems;
  const results = places.map((place) => change(source, place, request));
  const wrong = results.flatMap((result) => ("severity" in result ? [result] : []));
  if (wrong.length > 0) return wrong;
  const planned = results.flatMap((result) => ("severity" in result ? [] : [result]));
  const edits = planned.flatMap(({ edits: own }) => own);
  return {
    text: mark + applyEdits(source.text, edits),
    edits: edits.map((edit) => ({ ...edit, start: edit.start + mark.length, end: edit.end + mark.length })),
    changes: planned.filter(({ edits: own }) => own.length > 0),
    unchanged: planned.filter(({ edits: own }) => own.length === 0).map(({ path }) => path),
  };
}

function change(
  source: Source,
  place: Place,
  request: Request,
): (Change & { readonly edits: readonly Edit[] }) | Problem {
  const document = source.documents[place.document];
  const path = pathText(source, place);
  if (document === undefined) throw new Error(`there is no document ${String(place.document)}`);
  const sharing = request.paths.length > 0 ? undefined : sharingOf(document, place);
  try {
    const { now, edits } = plan(source.text, document, place, request.wanted);
    if (edits.length > 0 && sharing !== undefined) {
      throw new Unwritable(
        `the anchor &${sharing.anchor} repeats this value at ${lines(source, sharing.aliases)}, which would change too`,
        `choose it by --path '${path}' to change all of its places, or write the values out`,
      );
    }
    return { path, before: shown(now), after: versionOf(request.wanted), edits };
  } catch (error) {
    if (!(error instanceof Unwritable)) throw error;
    const at = (error.node ?? place.nodes.at(-1))?.range?.[0];
    return {
      severity: "error",
      file: source.file,
      path,
      ...(at !== undefined && { position: source.positionAt(at) }),
      message: error.message,
      fix: error.fix,
    };
  }
}

function lines(source: Source, nodes: readonly Node[]): string {
  const numbers = nodes.map(({ range }) => String(source.positionAt(range?.[0] ?? 0).line));
  return `line${numbers.length === 1 ? "" : "s"} ${numbers.join(", ")}`;
}

function shown({ tag, digest }: Version): string {
  if (tag === undefined) return digest ?? "(no tag)";
  return digest === undefined ? tag : `${tag}@${digest}`;
}
