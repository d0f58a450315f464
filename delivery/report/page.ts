import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { plural } from "../../model/plural";
import { applicationsOf, type ReportFacts, type StateFacts } from "./facts";
import { markup, type Html, trusted } from "./html";
import { moodOf, moods, type Mood } from "./mood";
import { projectCard, stateBadge } from "./project-card";
import { stackCard } from "./stack-card";

/** What else is on the page. */
export interface PageExtras {
  /** A picture of who owns what, as SVG. */
  readonly graph?: string;
}

/**
 * The page: one file without anything from elsewhere. Its policy (CSP) lets nothing run but its own script and style,
 * known by their hashes, and lets nothing be fetched, so that a text of the catalogue could not do so either.
 */
export function renderPage(facts: ReportFacts, { graph }: PageExtras = {}): string {
  const [style, script] = ["page-style.css", "page-script.js"].map((file) =>
    readFileSync(join(__dirname, file), "utf8"),
  ) as [string, string];
  const policy = [
    "default-src 'none'",
    `style-src ${[style, ...stylesIn(graph ?? "")].map((text) => `'${hash(text)}'`).join(" ")}`,
    `script-src '${hash(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Software factory: ${plural(facts.projects.length, "project")}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#projects">Skip to the projects</a>
<header>
<h1>Software factory</h1>
<p>${summary(facts)}. Made <time datetime="${facts.madeAt}">${facts.madeAt.slice(0, 16).replace("T", " ")} UTC</time>.</p>
<nav aria-label="Parts of this page"><a href="#stacks">Stacks</a> <a href="#projects">Projects</a>${graph === undefined ? undefined : markup` <a href="#graph">Picture</a>`}</nav>
</header>
<main>
<section id="stacks" aria-labelledby="stacks-title">
<h2 id="stacks-title">Stacks</h2>
<div class="cards">${facts.stacks.map(stackCard)}</div>
</section>
<section id="projects" aria-labelledby="projects-title" tabindex="-1">
<h2 id="projects-title">Projects</h2>
${controls(facts)}
${facts.projects.map(projectCard)}
<p id="none" hidden>No project is like that.</p>
</section>
${undeclared(facts.undeclared)}
${
  graph === undefined
    ? undefined
    : markup`<section id="graph" aria-labelledby="graph-title"><h2 id="graph-title">Picture</h2><div class="graph" tabindex="0" role="group" aria-label="Picture, may be scrolled">${trusted(graph)}</div></section>
`
}</main>
<footer><p>Made by <code>factory report</code> from the catalogue${facts.hasStatus ? " and what Argo CD says" : ""}. It does not update itself.</p></footer>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return page.text;
}

function stylesIn(svg: string): readonly string[] {
  return [...svg.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, style = ""]) => style);
}

/** As a Content-Security-Policy names a script or a style that stands in the page (CSP Level 3, hash-source). */
function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function summary(facts: ReportFacts): string {
  const applications = applicationsOf(facts);
  const bad = applications.filter(({ state }) => moodOf(state) === "bad").length;
  const size = `${plural(facts.projects.length, "project")} with ${plural(applications.length, "Application")} in ${plural(facts.stacks.length, "stack")}`;
  if (!facts.hasStatus) return `${size}; their state was not asked for`;
  return bad === 0 ? `${size}; none needs a look` : `${size}; ${String(bad)} ${bad === 1 ? "needs" : "need"} a look`;
}

/** They work by script, which shows them. */
function controls(facts: ReportFacts): Html {
  const environments = [...new Set(facts.stacks.map(({ environment }) => environment))];
  const states = applicationsOf(facts).map(({ state }) => state);
  const found = new Set(states.map(moodOf));
  const words = [...new Set(states.flatMap((state) => (state === undefined ? [] : [state.sync, state.health])))].sort();
  const options = (Object.keys(moods) as Mood[]).filter((mood) => found.has(mood));
  return markup`<form id="controls" role="search" aria-label="Projects" hidden>
<label>Search <input id="query" type="search" autocomplete="off" placeholder="project, repository, image, group…" aria-keyshortcuts="/"></label>
<label>Environment <select id="environment"><option value="">all</option>${environments.map((name) => markup`<option>${name}</option>`)}</select></label>
<label>State <select id="state"><option value="">any</option>${options.map((mood) => markup`<option value="${mood}">${moods[mood]}</option>`)}${
    words.length === 0
      ? undefined
      : markup`<optgroup label="In Argo CD's words">${words.map((word) => markup`<option>${word}</option>`)}</optgroup>`
  }</select></label>
<button type="reset">Show all</button>
<p id="count" role="status"></p>
</form>`;
}

function undeclared(states: readonly StateFacts[]): Html | undefined {
  if (states.length === 0) return undefined;
  return markup`<section aria-labelledby="undeclared-title">
<h2 id="undeclared-title">Not in the catalogue</h2>
<p>These Applications run, and no file of the catalogue declares them.</p>
<ul class="applications">${states.map((state) => markup`<li>${state.application} <span class="quiet">${state.project}</span> ${stateBadge(state)}</li>`)}</ul>
</section>
`;
}
