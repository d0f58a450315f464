import type { Corefile, ServerBlock } from "./corefile";
import { applyEdits } from "./edits";
import { changeInPlace, Unchangeable } from "./in-place";
import { MARK, markOf } from "./mark";
import type { ForwardRequest } from "./request";
import { hostIds, rootBlockOf, service, type RootBlock } from "./root-block";
import { indentAt, isImported, renderDirective, styleOf, type Style } from "./style";

export interface Upserted {
  readonly text: string;
  /** Undefined when the block was right already. */
  readonly action: "added" | "changed" | "adopted" | undefined;
}

/**
 * Makes the Corefile forward one zone: in the server block that serves it, or in a new one.
 *
 * @throws Unchangeable when the zone's server block serves more than the zone or cannot be edited.
 */
export function upsert(corefile: Corefile, request: ForwardRequest, options: { readonly port?: number }): Upserted {
  const root = rootBlockOf(corefile, options.port?.toString());
  const block = existingBlock(corefile, request, root);
  if (block === undefined) return { text: addBlock(corefile, request, root), action: "added" };
  const edits = changeInPlace(corefile, block, request, root);
  const isOurs = markOf(corefile, block) !== undefined;
  if (!isOurs) edits.push(markBefore(corefile, block));
  const text = applyEdits(corefile.text, edits);
  return { text, action: !isOurs ? "adopted" : text === corefile.text ? undefined : "changed" };
}

function existingBlock(corefile: Corefile, request: ForwardRequest, root: RootBlock): ServerBlock | undefined {
  const serving = corefile.blocks.filter((block) => service(block, request.zones, root.port) !== "none");
  for (const block of serving) refuseShared(block, request, root);
  const ours = serving.filter((block) => markOf(corefile, block) !== undefined);
  const [block, another] = ours.length > 0 ? ours : serving;
  if (block === undefined) return undefined;
  const key = block.keys[0]?.token;
  if (another !== undefined) {
    throw new Unchangeable("several server blocks serve the zone", another.keys[0]?.token, "leave one of them");
  }
  if (isImported(block)) {
    throw new Unchangeable(
      "the zone's server block comes from an import",
      key,
      "write the block into the Corefile itself",
    );
  }
  if (block.open === undefined || block.close === undefined || block.close.imported) {
    throw new Unchangeable("the zone's server block has no braces of its own", key, "put { and } around its plugins");
  }
  if (/[A-Z]/.test(block.keys[0]?.text ?? "")) {
    const reason = "CoreDNS looks for zones in lower case, and never finds this server block";
    throw new Unchangeable(reason, key, "write its zone in lower case");
  }
  if (ours.length === 0) refuseElsewhere(block, root);
  return block;
}

function refuseShared(block: ServerBlock, request: ForwardRequest, root: RootBlock): void {
  const key = block.keys[0]?.token;
  if (service(block, request.zones, root.port) === "among others") {
    const all = block.keys.map(({ text }) => text).join(" ");
    const reason = `one server block serves the zone along with others (${all})`;
    throw new Unchangeable(reason, key, `give ${request.zone} a server block of its own, or take it out of this one`);
  }
  const view = block.directives.find(({ name }) => name === "view");
  if (view !== undefined) {
    throw new Unchangeable(
      "the zone is split by views",
      view.words[0],
      "take the view out, or the zone out of the forwards",
    );
  }
}

/** A block made by hand that is bound to other addresses than the root block answers other clients than the cluster. */
function refuseElsewhere(block: ServerBlock, root: RootBlock): void {
  const hosts = hostIds([block]);
  if (hosts.has("any") || [...root.hosts].every((host) => hosts.has(host))) return;
  const bind = block.directives.find(({ name }) => name === "bind");
  const reason = "the zone's server block does not listen where the root block does, so that the cluster never asks it";
  throw new Unchangeable(reason, bind?.words[1], "give it the bind line of the root block, or take it out");
}

function markBefore(corefile: Corefile, block: ServerBlock): { start: number; end: number; text: string } {
  const start = block.keys[0]?.token.start ?? 0;
  const { lineEnd } = styleOf(corefile, block);
  const indent = indentAt(corefile.text, start);
  if (indent === undefined) return { start, end: start, text: `${lineEnd}${MARK}${lineEnd}` };
  return { start, end: start, text: `${MARK}${lineEnd}${indent}` };
}

function addBlock(corefile: Corefile, request: ForwardRequest, root: RootBlock): string {
  const { text, tokens, blocks } = corefile;
  const style = styleOf(corefile);
  const printed = printBlock(corefile, request, root, style);
  const lastWord = tokens.at(-1);
  if (lastWord?.unterminated === true) {
    throw new Unchangeable("a quoted word is not closed at the end of the file", lastWord, 'close it with "');
  }
  const last = blocks.at(-1);
  if (last?.open !== undefined && last.close === undefined) {
    const fix = "close the server block with } on a line of its own";
    throw new Unchangeable("the last server block is not closed", last.keys[0]?.token, fix);
  }
  // Without braces, a server block lasts until the end of the file: nothing can stand behind it.
  const atStart = last !== undefined && last.open === undefined;
  const neighbours = run(corefile, atStart).filter((mark) => mark.zone > request.zone);
  const before = neighbours[0]?.start ?? (atStart ? (run(corefile, true).at(-1)?.end ?? bodyStart(text)) : undefined);
  if (before !== undefined) return text.slice(0, before) + printed + style.lineEnd + text.slice(before);
  // A file without a line end gets none behind the block either, so that removing it restores the file.
  if (text !== "" && !text.endsWith("\n")) return text + style.lineEnd + printed;
  return text + printed + style.lineEnd;
}

function bodyStart(text: string): number {
  return text.startsWith("\uFEFF") ? 1 : 0;
}

interface Neighbour {
  readonly zone: string;
  readonly start: number;
  readonly end: number;
}

/** Our blocks at the start or the end of the file, in its order: among these a new one is put by its zone's name. */
function run(corefile: Corefile, atStart: boolean): Neighbour[] {
  const ordered = atStart ? corefile.blocks : [...corefile.blocks].reverse();
  const found: Neighbour[] = [];
  for (const block of ordered) {
    const mark = markOf(corefile, block);
    const close = block.close;
    if (mark === undefined || close === undefined) break;
    const zone = (block.keys[0]?.text ?? "").replace(/:\d+$/, "");
    const lineEnd = corefile.text.indexOf("\n", close.end);
    found.push({ zone, start: mark.start, end: lineEnd < 0 ? corefile.text.length : lineEnd + 1 });
  }
  return atStart ? found : found.reverse();
}

/** `errors`, `cache` and `forward`, as the documented block has them, and the root block's `bind`. */
function printBlock(corefile: Corefile, request: ForwardRequest, root: RootBlock, style: Style): string {
  const binds = root.binds.map(({ words }) => renderDirective(corefile, words, style));
  const lines = [
    `${style.keyIndent}${MARK}`,
    `${style.keyIndent}${request.zone}${root.portSuffix} {`,
    `${style.indent}errors`,
    `${style.indent}cache ${String(request.cacheSeconds)}`,
    ...binds,
    `${style.indent}forward . ${request.to.join(" ")}`,
    `${style.keyIndent}}`,
  ];
  return lines.join(style.lineEnd);
}
