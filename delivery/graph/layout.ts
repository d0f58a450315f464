import { blockOf, wordsOfOrganisation } from "./block";
import type { Block, Level, Words } from "./block";
import type { FactoryGraph, GraphOrganisation } from "./graph";

/** A box in the picture. Lengths are pixels, from the picture's left upper corner. */
export interface Box extends Words {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** A line from the right edge of a box to the left edge of another, with one upright part at `turn`. */
export interface Link {
  readonly from: Point;
  readonly turn: number;
  readonly to: Point;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly links: readonly Link[];
}

export const BOX_HEIGHT = 42;
/** The text is set in a monospaced font of this size, whose letters are 0.6 of it wide, so that boxes fit their text. */
export const FONT_SIZE = 12;
export const PADDING = 10;

const LETTER = 0.6 * FONT_SIZE;
const ROW = BOX_HEIGHT + 8;
const MARGIN = 16;
/** Between two columns: the links turn in it. */
const GAP = 36;
/** Between two projects, and beside that before the next organisation. */
const SPACE = 10;
/** Longer names lose their middle, and keep the hash at their end. */
const MOST_LETTERS = 48;
/** Below this, a picture is one column of projects, which is how one reads it. */
const LEAST_HEIGHT = 1_600;
const ASPECT = 1.5;

/**
 * Places the graph as a tree from left to right. Many projects wrap: they are set in several such trees side by side,
 * each at the right of the one before, and an organisation that goes on in the next is named there again.
 */
export function layoutOf({ organisations }: FactoryGraph): Layout {
  const blocks = organisations.flatMap((organisation) =>
    organisation.projects.map((project) => blockOf(organisation, project)),
  );
  if (blocks.length === 0) return { width: 2 * MARGIN, height: 2 * MARGIN, boxes: [], links: [] };
  const columns = columnsOf(blocks);
  const panels = wrap(blocks, columns.width);
  const placed = panels.map((panel, index) => place(panel, columns, MARGIN + index * (columns.width + 2 * GAP)));
  return {
    width: 2 * MARGIN + panels.length * columns.width + (panels.length - 1) * 2 * GAP,
    height: MARGIN + Math.max(...placed.map(({ bottom }) => bottom)),
    boxes: placed.flatMap(({ boxes }) => boxes),
    links: placed.flatMap(({ links }) => links),
  };
}

interface Columns {
  /** The left edge of each level's boxes, within the tree. */
  readonly x: Readonly<Record<Level, number>>;
  readonly boxes: Readonly<Record<Level, number>>;
  readonly width: number;
}

function columnsOf(blocks: readonly Block[]): Columns {
  const words = {
    organisation: blocks.flatMap(({ organisation }) =>
      [true, false].map((on) => wordsOfOrganisation(organisation, on)),
    ),
    project: blocks.map(({ project }) => project),
    application: blocks.flatMap(({ applications }) => applications.map((node) => node.words)),
    namespace: blocks.flatMap(({ namespaces }) => namespaces.map((node) => node.words)),
  };
  const x = { organisation: 0, project: 0, application: 0, namespace: 0 };
  const boxes = { ...x };
  let right = 0;
  for (const level of ["organisation", "project", "application", "namespace"] as const) {
    x[level] = right;
    boxes[level] = widthOf(words[level]);
    right += boxes[level] + GAP;
  }
  return { x, boxes, width: right - GAP };
}

function widthOf(words: readonly Words[]): number {
  let letters = 0;
  for (const { lines } of words) for (const line of lines) letters = Math.max(letters, lettersOf(line));
  return Math.ceil(Math.min(letters, MOST_LETTERS) * LETTER) + 2 * PADDING;
}

function lettersOf(text: string): number {
  return Array.from(text).length;
}

/** The beginning and the end of what is too long. */
function shortened(text: string): string {
  const letters = Array.from(text);
  if (letters.length <= MOST_LETTERS) return text;
  const kept = MOST_LETTERS - 1;
  return `${letters.slice(0, Math.ceil(kept / 2)).join("")}…${letters.slice(-Math.floor(kept / 2)).join("")}`;
}

/** Divides the projects, in their order, so that the picture is about as wide as a screen. */
function wrap(blocks: readonly Block[], width: number): Block[][] {
  const total = blocks.reduce((sum, { rows }) => sum + rows * ROW + SPACE, 0);
  const trees = Math.max(1, Math.round(Math.sqrt((ASPECT * total) / (width + 2 * GAP))));
  const limit = Math.max(LEAST_HEIGHT, total / trees);
  const panels: Block[][] = [];
  let height = limit;
  for (const block of blocks) {
    const own = block.rows * ROW + SPACE;
    if (height + own > limit || panels.length === 0) {
      panels.push([]);
      height = 0;
    }
    panels.at(-1)?.push(block);
    height += own;
  }
  return panels;
}

function place(panel: readonly Block[], columns: Columns, left: number) {
  const boxes: Box[] = [];
  const links: Link[] = [];
  const put = (words: Words, y: number): void => {
    const [first, second] = words.lines;
    const box = { x: left + columns.x[words.level], y, width: columns.boxes[words.level] };
    boxes.push({ ...words, ...box, lines: [shortened(first), shortened(second)] });
  };
  const link = (from: Level, fromY: number, to: Level, toY: number): void => {
    const end = { x: left + columns.x[to], y: toY + BOX_HEIGHT / 2 };
    const start = { x: left + columns.x[from] + columns.boxes[from], y: fromY + BOX_HEIGHT / 2 };
    links.push({ from: start, turn: end.x - GAP / 2, to: end });
  };
  let y = MARGIN;
  let current: { readonly organisation: GraphOrganisation; readonly y: number } | undefined;
  for (const block of panel) {
    const { organisation } = block;
    if (current?.organisation !== organisation) {
      if (current !== undefined) y += SPACE;
      current = { organisation, y };
      put(wordsOfOrganisation(organisation, organisation.projects[0]?.name !== block.project.lines[0]), y);
    }
    link("organisation", current.y, "project", y);
    put(block.project, y);
    for (const { words, row } of block.applications) {
      link("project", y, "application", y + row * ROW);
      put(words, y + row * ROW);
    }
    for (const { words, row } of block.namespaces) put(words, y + row * ROW);
    for (const [from, to] of block.deploys) link("application", y + from * ROW, "namespace", y + to * ROW);
    y += block.rows * ROW + SPACE;
  }
  return { boxes, links, bottom: y };
}
