import { xml } from "./escape";
import type { FactoryGraph, GraphNamespace } from "./graph";
import { renderSvg } from "./svg";
import { descriptionOf, titleOf } from "./wording";

const STYLE = `
:root{color-scheme:light dark}
body{margin:0;padding:1rem;font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.25rem}
.picture{overflow:auto;border:1px solid color-mix(in srgb,currentColor 25%,transparent)}
.picture svg{display:block}
li{overflow-wrap:anywhere}`;

/**
 * The graph as one HTML page that needs nothing else: the picture, which scrolls where it is larger than the window, and
 * the same as a list for those who do not see it, or whose screen is small.
 */
export function renderHtml(graph: FactoryGraph): string {
  const title = xml(titleOf(graph));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>${title}</h1>
<p>${xml(descriptionOf(graph))}</p>
<div class="picture" tabindex="0" role="region" aria-label="the picture, which scrolls">
${renderSvg(graph)}</div>
<details>
<summary>The same as a list</summary>
${list(graph)}</details>
</body>
</html>
`;
}

function list({ organisations }: FactoryGraph): string {
  return nested(
    organisations.map(({ name, projects }) => [
      name,
      nested(
        projects.map((project) => [
          project.description === undefined ? project.name : `${project.name}: ${project.description}`,
          nested(project.namespaces.map((namespace) => [headOf(namespace), applicationsOf(namespace)])),
        ]),
      ),
    ]),
  );
}

function headOf({ name, environment, cluster }: GraphNamespace): string {
  return `namespace ${name}: ${environment} on ${cluster}`;
}

function applicationsOf({ applications }: GraphNamespace): string {
  return nested(
    applications.map(({ name, url, path, revision }) => [
      `Application ${name}: ${url}, path ${path}, at ${revision}`,
      "",
    ]),
  );
}

/** A list of texts, each with what is already markup below it. */
function nested(items: readonly (readonly [string, string])[]): string {
  if (items.length === 0) return "";
  return `<ul>\n${items.map(([text, below]) => `<li>${xml(text)}${below}</li>\n`).join("")}</ul>\n`;
}
