import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { CONFIG_NAMESPACE } from "../../../model/schema/stack";
import { load, problemsOf, SHOP, workspace } from "../model/workspace";

const document = readFileSync(join(__dirname, "..", "..", "..", "docs", "settings.md"), "utf8");

/** The YAML blocks by the heading above them. */
const examples = document.split(/^## /m).flatMap((section) => {
  const [heading = ""] = section.split("\n");
  return [...section.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) => ({ heading, text }));
});

const stacks = examples.filter(({ text }) => text.startsWith(`${CONFIG_NAMESPACE}:`));
const projects = examples.filter(({ text }) => text.startsWith("# catalog/acme/shop.yaml\n"));

describe("docs/settings.md", () => {
  it("has examples of a stack's config and of the catalogue, and no others", () => {
    expect([stacks.length, projects.length]).toEqual([8, 2]);
    expect(examples).toHaveLength(stacks.length + projects.length);
  });

  it.each(stacks)("$heading: shows a config that is valid", ({ text }) => {
    expect(() => load({ "Pulumi.dev.yaml": stringify({ config: parse(text) as object }) })).not.toThrow();
  });

  it.each(projects)("$heading: shows a project that is valid, where the platform allows it", ({ text }) => {
    const config = { [`${CONFIG_NAMESPACE}:projects`]: { ownApplications: true } };
    const files = { "Pulumi.dev.yaml": stringify({ config }), "catalog/acme/shop.yaml": text };
    expect(() => load(files)).not.toThrow();
  });

  it("would be found out where an example is wrong", () => {
    const config = { [`${CONFIG_NAMESPACE}:argocd`]: { resources: { exclusions: [{ kinds: ["cronjobs"] }] } } };
    const root = workspace({ "Pulumi.dev.yaml": stringify({ config }), "catalog/acme/shop.yaml": SHOP });
    expect(problemsOf(root).map(({ path }) => path)).toEqual(["argocd.resources.exclusions[0].kinds[0]"]);
  });
});
