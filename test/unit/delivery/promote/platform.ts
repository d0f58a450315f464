import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Application, Source } from "../../../../delivery/argocd/application";
import { projectAt, type History } from "../../../../delivery/promote/catalogue-history";
import type { PlanRequest } from "../../../../delivery/promote/plan";
import { applicationName } from "../../../../model/naming";

export const SHOP = "catalog/acme/shop.yaml";

/** A shop whose three environments have these revisions of its one repository. */
export function shop(revisions: { readonly dev: string; readonly staging: string; readonly prod: string }): string {
  const lines = Object.entries(revisions).map(([name, revision]) => `  ${name}: { revision: ${revision} }`);
  return [
    "# The shop",
    "organisation: acme",
    "name: shop",
    "environments:",
    ...lines,
    "repositories:",
    "  - name: deploy",
    "    url: https://git.acme.example/shop/deploy.git",
    "    kind: kustomize",
    "",
  ].join("\n");
}

/** A folder with these files, and with plain stacks dev, staging and prod. */
export function platform(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "gitops-factory-promote-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const stacks = Object.fromEntries(
    ["dev", "staging", "prod"].map((stack) => [`Pulumi.${stack}.yaml`, "config: {}\n"]),
  );
  for (const [name, text] of Object.entries({ ...stacks, ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

export const COMMIT = "4f2a9c1e".repeat(5);

/** The Application of the shop's repository as Argo CD has it when all is well. */
export function application(environment: string, source: Partial<Source>, status: object = {}): Application {
  const declared = { repoURL: "https://git.acme.example/shop/deploy.git", ...source };
  return {
    metadata: { name: applicationName("acme", "shop", environment, "deploy") },
    spec: { project: "p", source: declared },
    status: {
      sync: { status: "Synced", revision: COMMIT, comparedTo: { source: declared } },
      health: { status: "Healthy" },
      ...status,
    },
  };
}

/** A history of the shop's file, the newest text first. */
export function historyOf(texts: readonly string[], isShallow = false): History {
  return {
    async *past(file, environment, config) {
      for (const [index, text] of texts.entries()) {
        const id = String(texts.length - index).repeat(40);
        const commit = { id, author: "Ann", date: "2026-11-21T12:00:00+01:00", title: `change ${id.slice(0, 1)}` };
        const project = projectAt(file, text, environment, config);
        yield await Promise.resolve({ commit, ...(project !== undefined && { project }) });
      }
    },
    isShallow: () => Promise.resolve(isShallow),
    changed: () => Promise.resolve([SHOP]),
  };
}

/** A request for a plan, to which Argo CD answers with these Applications. */
export function request(root: string, applications: readonly Application[]): PlanRequest {
  return {
    root,
    history: historyOf([]),
    projects: [],
    pin: false,
    ask: () => Promise.resolve({ from: "argocd.example", applications }),
  };
}
