import type { StackFacts } from "./facts";
import { markup, type Html } from "./html";
import { anchor, row } from "./project-card";

/** One stack: what the platform team has set for it. */
export function stackCard(facts: StackFacts): Html {
  const { stack, environment, argocd, zones, gitlab, clusters, isProtected, policies, unasked } = facts;
  return markup`<article class="stack">
<h3>${stack}</h3>
${unasked === undefined ? undefined : markup`<p class="message">Its state is not known: ${unasked}</p>`}
<dl>${[
    row("Environment", environment),
    row("Argo CD", `${argocd.version} in ${argocd.namespace}`),
    row("Console", argocd.url === undefined ? "" : webAddress(argocd.url)),
    row("Size", `${String(facts.projects)} projects, ${String(facts.applications)} Applications`),
    row("Private zones", zones.map(({ zone, to }) => `${zone} by ${to.join(", ")}`).join("; ")),
    row("GitLab", gitlab === undefined ? "" : webAddress(gitlab)),
    row("Further clusters", clusters),
    row("Deletion", isProtected ? "protected" : "possible"),
    row("Policies", policyText(policies)),
  ]}</dl>
</article>
`;
}

function webAddress(url: string): Html {
  return /^https?:\/\//.test(url) ? anchor(url, url) : markup`${url}`;
}

/** `24 mandatory, 2 advisory, 1 disabled: image-digest`: what is not looked for is named. */
function policyText(policies: StackFacts["policies"]): string {
  const levels = ["mandatory", "advisory", "disabled"].map((level) => {
    const names = Object.keys(policies).filter((rule) => policies[rule] === level);
    if (names.length === 0) return "";
    return `${String(names.length)} ${level}${level === "disabled" ? `: ${names.join(", ")}` : ""}`;
  });
  return levels.filter((text) => text !== "").join(", ");
}
