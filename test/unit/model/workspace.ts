import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { loadPlatform } from "../../../model/load";
import type { LoadedPlatform } from "../../../model/load";
import { UserError } from "../../../model/problem";
import type { Problem } from "../../../model/problem";

/** The seven lines that make a project. */
export const SHOP = `organisation: acme
name: shop
environments: [dev, staging]
repositories:
  - name: deploy
    url: https://git.acme.example/shop/deploy.git
    kind: kustomize
`;

/** A stack that says nothing. */
export const PLAIN_STACK = "config: {}\n";

export type Files = Readonly<Record<string, string>>;

/** The smallest valid project folder: one stack, one project. Files given replace or join its own. */
export function workspace(files: Files = {}): string {
  const root = mkdtempSync(join(tmpdir(), "gitops-factory-model-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const all: Files = { "Pulumi.dev.yaml": PLAIN_STACK, "catalog/acme/shop.yaml": SHOP, ...files };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

export function load(files: Files = {}, stack = "dev"): LoadedPlatform {
  return loadPlatform({ root: workspace(files), stack });
}

/** The problems of a project folder that must not load. */
export function problemsOf(root: string, stack = "dev"): readonly Problem[] {
  try {
    loadPlatform({ root, stack });
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
  throw new Error("the project folder loaded, but a problem was expected");
}

/** The one problem of a project folder that must not load. */
export function problemOf(files: Files, stack = "dev"): Problem {
  const problems = problemsOf(workspace(files), stack);
  const [problem] = problems;
  if (problem === undefined || problems.length !== 1)
    throw new Error(`one problem expected: ${JSON.stringify(problems)}`);
  return problem;
}

/** The shop with further or other lines: `shop("cluster: east")`, or with its repository's lines replaced. */
export function shop(lines: string, repository = SHOP.slice(SHOP.indexOf("  - name"))): Files {
  const head = SHOP.slice(0, SHOP.indexOf("repositories:"));
  return { "catalog/acme/shop.yaml": `${head}${lines === "" ? "" : `${lines}\n`}repositories:\n${repository}` };
}

/** The shop with further lines in its one repository. */
export function shopRepository(...lines: string[]): Files {
  return { "catalog/acme/shop.yaml": SHOP + lines.map((line) => `    ${line}\n`).join("") };
}

/** A stack with this config: its keys without the namespace, as YAML lines. */
export function stack(yaml: string): Files {
  const lines = yaml.split("\n").map((line) => (/^\S/.test(line) ? `  gitops-factory:${line}` : `  ${line}`));
  return { "Pulumi.dev.yaml": `config:\n${lines.join("\n")}\n` };
}
