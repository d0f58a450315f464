import { xml } from "./escape";
import type { FactoryGraph } from "./graph";
import { BOX_HEIGHT, FONT_SIZE, layoutOf, PADDING } from "./layout";
import type { Box, Link } from "./layout";
import { descriptionOf, titleOf } from "./wording";

/**
 * Both colour schemes: a viewer that has a preference gets its own. Levels differ in colour and in their column, so that
 * nobody needs the colours; production also has a thicker edge.
 */
const STYLE = `
.factory-graph{--ink:#1f2328;--faint:#59636e;--line:#818b98;--ground:#fff;
--organisation:#fff8c5;--project:#ddf4ff;--application:#dafbe1;--namespace:#f6f8fa}
@media screen and (prefers-color-scheme:dark){.factory-graph{--ink:#f0f6fc;--faint:#9198a1;--line:#656c76;--ground:#0d1117;
--organisation:#3b2f0a;--project:#0c2d4a;--application:#0f2f1a;--namespace:#1b2028}}
.factory-graph{font:${String(FONT_SIZE)}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.factory-graph .ground{fill:var(--ground)}
.factory-graph .links{fill:none;stroke:var(--line);shape-rendering:crispEdges}
.factory-graph .box rect{stroke:var(--line)}
.factory-graph .organisation rect{fill:var(--organisation)}
.factory-graph .project rect{fill:var(--project)}
.factory-graph .application rect{fill:var(--application)}
.factory-graph .namespace rect{fill:var(--namespace)}
.factory-graph .production rect{stroke:var(--ink);stroke-width:2}
.factory-graph text{fill:var(--ink)}
.factory-graph .more{fill:var(--faint)}`;

/** An empty picture has room for one sentence. */
const EMPTY = { width: 320, height: 64 };

/**
 * The graph as one SVG document, which is also valid inside an HTML page. Its classes are all below `factory-graph`, and
 * its ids begin with it: a page can hold one such picture.
 */
export function renderSvg(graph: FactoryGraph): string {
  const { boxes, links, ...size } = layoutOf(graph);
  const { width, height } = boxes.length === 0 ? EMPTY : size;
  const [w, h] = [String(width), String(height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="factory-graph" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}"`,
    ` role="img" aria-labelledby="factory-graph-title factory-graph-description">\n`,
    `<title id="factory-graph-title">${xml(titleOf(graph))}</title>\n`,
    `<desc id="factory-graph-description">${xml(descriptionOf(graph))}</desc>\n`,
    `<style>${STYLE}\n</style>\n`,
    `<rect class="ground" width="${w}" height="${h}"/>\n`,
    boxes.length === 0 ? `<text x="16" y="36">There is no project.</text>\n` : "",
    links.length === 0 ? "" : `<path class="links" d="${links.map(renderLink).join("")}"/>\n`,
    ...boxes.map(renderBox),
    "</svg>\n",
  ].join("");
}

function renderLink({ from, turn, to }: Link): string {
  const straight = from.y === to.y;
  const bend = straight ? "" : `H${String(turn)}V${String(to.y)}`;
  return `M${String(from.x)} ${String(from.y)}${bend}H${String(to.x)}`;
}

function renderBox({ level, x, y, width, lines: [first, second], tooltip, production }: Box): string {
  const left = String(x + PADDING);
  return [
    `<g class="box ${level}${production ? " production" : ""}"><title>${xml(tooltip)}</title>`,
    `<rect x="${String(x)}" y="${String(y)}" width="${String(width)}" height="${String(BOX_HEIGHT)}" rx="5"/>`,
    `<text x="${left}" y="${String(y + 17)}">${xml(first)}</text>`,
    `<text class="more" x="${left}" y="${String(y + 33)}">${xml(second)}</text></g>\n`,
  ].join("");
}
