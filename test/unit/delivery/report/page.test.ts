import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { factsOf, type StackSource } from "../../../../delivery/report/facts";
import { gatherStacks } from "../../../../delivery/report/gather";
import { renderPage } from "../../../../delivery/report/page";
import type { StatusEntry } from "../../../../delivery/status/entry";
import { SecretText } from "../../../../model/secret";

const root = `${__dirname}/../../../..`;
const { stacks } = gatherStacks(root);
const now = new Date("2026-11-21T18:00:00Z");

function state(application: string, more: Partial<StatusEntry> = {}): StatusEntry {
  const well = { images: [], revisions: [], sync: "Synced", health: "Healthy", messages: [] };
  return { from: "prod", project: "acme/shop", application, ...well, ...more };
}

/** The first stack, with something else in its first project. */
function changed(change: Partial<StackSource["platform"]["projects"][number]>): StackSource {
  const [first] = stacks;
  if (first === undefined) throw new Error("there is no stack");
  const { platform } = first;
  const projects = platform.projects.map((project, index) => (index === 0 ? { ...project, ...change } : project));
  return { ...first, platform: { ...platform, projects } };
}

describe("The facts of a report", () => {
  it("have each project once, with its environments in the order of promotion", () => {
    const { projects } = factsOf(stacks, undefined, now);
    const demarches = projects.find(({ name }) => name === "demarches");
    expect(demarches?.environments.map(({ environment }) => environment)).toEqual(["dev", "staging", "prod"]);
    expect(projects.map(({ organisation, name }) => `${organisation}/${name}`)).toEqual([
      "acme/portal",
      "acme/shop",
      "ministere/demarches",
      "protobox1/docserver",
    ]);
  });

  it("have the state of the Application of that name, and what no file declares apart", () => {
    const name = stacks[0]?.platform.projects[0]?.repositories[0]?.applicationName ?? "";
    const facts = factsOf(stacks, [state(name, { health: "Degraded" }), state("stray")], now);
    const applications = facts.projects.flatMap(({ environments }) => environments.flatMap((one) => one.applications));
    expect(applications.find(({ application }) => application === name)?.state?.health).toBe("Degraded");
    expect(applications.filter((one) => one.state !== undefined)).toHaveLength(1);
    expect(facts.undeclared.map(({ application }) => application)).toEqual(["stray"]);
  });

  it("have the level of each rule of the policy pack", () => {
    expect(factsOf(stacks, undefined, now).stacks[0]?.policies).toMatchObject({
      "appproject-not-default": "mandatory",
    });
  });

  it("have no secret, though the model knows it", () => {
    const password = SecretText.known("s3cret-of-the-model");
    const repositories = stacks[0]?.platform.projects[0]?.repositories.map((repository) => ({
      ...repository,
      credentials: { kind: "https" as const, username: "bot-user", password },
    }));
    const source = changed({ repositories: repositories ?? [] });
    const kubernetes = { kubeconfig: SecretText.known("s3cret-kubeconfig") };
    const facts = factsOf([{ ...source, platform: { ...source.platform, kubernetes } }], undefined, now);
    for (const text of [JSON.stringify(facts), renderPage(facts)])
      expect(text).not.toMatch(/s3cret|bot-user|\[secret\]/);
  });
});

describe("The page", () => {
  it("says how much there is, and how much needs a look", () => {
    const name = stacks[0]?.platform.projects[0]?.repositories[0]?.applicationName ?? "";
    expect(renderPage(factsOf(stacks, undefined, now))).toMatch(/in 3 stacks; their state was not asked for\. Made /);
    expect(renderPage(factsOf(stacks, [state(name)], now))).toContain("; none needs a look");
    expect(renderPage(factsOf(stacks, [state(name, { sync: "OutOfSync" })], now))).toContain("; 1 needs a look");
  });

  it("shows a description that is HTML as text", () => {
    const page = renderPage(factsOf([changed({ description: "<script>alert(1)</script>" })], undefined, now));
    expect(page).toContain("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  it("lets no script and no style run but its own, which its policy knows by their hashes", () => {
    const page = renderPage(factsOf(stacks, undefined, now), { graph: "<svg><style>a{}</style></svg>" });
    const policy = (/Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "").replaceAll("&#39;", "'");
    const texts = [...page.matchAll(/<(script|style)>([\s\S]*?)<\/\1>/g)].map(([, , text = ""]) => text);
    expect(texts).toHaveLength(3);
    for (const text of texts) {
      expect(policy).toContain(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
    }
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toContain("unsafe");
  });

  it("links to the web alone, and tells nobody where the link stood", () => {
    const page = renderPage(factsOf(stacks, undefined, now));
    const links = [...page.matchAll(/<a href="([^"]*)"([^>]*)>/g)].filter(([, href = ""]) => !href.startsWith("#"));
    expect(links.length).toBeGreaterThan(10);
    for (const [, href, rest] of links) {
      expect(href).toMatch(/^https?:\/\//);
      expect(rest).toBe(' rel="noopener noreferrer"');
    }
    expect(page).toContain('href="https://argocd.acme.example/applications/argocd/');
  });

  it("says of a stack that could not be asked why", () => {
    const asked = stacks.map((source) => ({ ...source, unasked: "kubectl cannot reach it" }));
    expect(renderPage(factsOf(asked, [], now))).toContain("Its state is not known: kubectl cannot reach it");
  });
});
