import type { ApplicationFacts, EnvironmentFacts, ProjectFacts, SourceFacts, StateFacts } from "./facts";
import { markup, type Content, type Html } from "./html";
import { moodOf } from "./mood";

/** One project, with its environments below. */
export function projectCard({ organisation, name, description, file, environments }: ProjectFacts): Html {
  return markup`<article class="project" id="${organisation}/${name}">
<h3>${organisation}/<b>${name}</b></h3>
${description === undefined ? undefined : markup`<p>${description}</p>`}
<p class="quiet">${file}</p>
${environments.map(environmentPart)}
</article>
`;
}

function environmentPart(facts: EnvironmentFacts): Html {
  const { environment, stack, applications, cluster, namespace } = facts;
  return markup`<section class="environment" data-environment="${environment}">
<h4>${environment}${stack === environment ? undefined : markup` <span class="quiet">stack ${stack}</span>`}</h4>
<ul class="applications">${applications.map(applicationItem)}</ul>
<details><summary>Namespace, access, limits</summary>
<dl>${[
    row("Namespace", namespace),
    row("Cluster", cluster),
    row("Owners", facts.owners),
    row("May look", facts.readers),
    row("May synchronise", facts.writers),
    row(
      "Quota",
      Object.entries(facts.quota).map(([resource, amount]) => `${resource} ${amount}`),
    ),
    row("Pod Security", facts.podSecurity),
    row("Sync windows", facts.syncWindows),
  ]}</dl></details>
</section>`;
}

/** A term with its values; nothing where there is no value. */
export function row(term: string, value: string | readonly string[] | Html): Html | undefined {
  const content: Content = typeof value === "object" && "length" in value ? value.join(", ") : value;
  return content === "" ? undefined : markup`<div><dt>${term}</dt><dd>${content}</dd></div>`;
}

function applicationItem({ application, link, sources, state }: ApplicationFacts): Html {
  const words = [moodOf(state), ...(state === undefined ? [] : [state.sync, state.health])].join(" ");
  return markup`<li data-state="${words}">
<p>${link === undefined ? application : anchor(link, application)} ${stateBadge(state)}</p>
${sources.map(sourceLine)}
${state === undefined || state.images.length === 0 ? undefined : markup`<p class="images">${state.images.join(", ")}</p>`}
${deliveryLine(state)}
${state?.messages.map((message) => markup`<p class="message">${message}</p>`)}
</li>`;
}

function sourceLine({ kind, url, link, revision, path }: SourceFacts): Html {
  const place = [revision, path, kind].filter((text) => text !== undefined).join(" · ");
  return markup`<p class="source">${link === undefined ? url : anchor(link, url)} <span class="quiet">${place}</span></p>`;
}

function deliveryLine(state: StateFacts | undefined): Html | undefined {
  const delivery = state?.delivery;
  if (delivery === undefined) return undefined;
  const { at, author, by, title, revision } = delivery;
  const who = author ?? by;
  const what = title ?? revision.slice(0, 8);
  return markup`<p class="quiet">deployed <time datetime="${at}">${at.slice(0, 16).replace("T", " ")} UTC</time>${who === undefined ? "" : ` by ${who}`}: ${what}</p>`;
}

/** What Argo CD says, in words as well as by colour. */
export function stateBadge(state: StateFacts | undefined): Html {
  const text = state === undefined ? "not known" : `${state.sync}, ${state.health}`;
  return markup`<span class="badge ${moodOf(state)}">${text}</span>`;
}

/** A link that tells its target nothing of where it stood. */
export function anchor(link: string, text: string): Html {
  return markup`<a href="${link}" rel="noopener noreferrer">${text}</a>`;
}
