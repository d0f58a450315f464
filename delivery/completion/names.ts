import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stateFolder } from "../../lab/user-folders";
import { commandGroups } from "../commands";
import { projectFolder } from "../project-folder";
import type { NameKind } from "./shape";

/** Where names are looked for. */
export interface NamePlaces {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The names of a kind, sorted. They are told from the names of files, or at most from a line in them, as nobody waits
 * for the validation of a catalogue when they press TAB. Where nothing can be read, there are none.
 *
 * @param words what stands before on the command line: --root says where the catalogue is
 */
export function namesOf(kind: NameKind, words: readonly string[], { cwd, env }: NamePlaces): readonly string[] {
  const root = rootOf(words, cwd);
  switch (kind) {
    case "stack":
      return stacks(root);
    case "environment":
      return distinct(stacks(root).map((stack) => saidBy(root, stack, "environment") ?? stack));
    case "project":
      return distinct(catalogues(root).flatMap(projects));
    case "rule":
      return namesIn(join(__dirname, "..", "..", "policies", "rules"), /^(.+)\.ts$/);
    case "lab":
      return namesIn(stateFolder(env));
    case "command":
      return Object.values(commandGroups).flatMap((group) => Object.keys(group));
  }
}

function rootOf(words: readonly string[], cwd: string): string {
  const index = words.lastIndexOf("--root");
  const joined = words.findLast((word) => word.startsWith("--root="))?.slice("--root=".length);
  const named = index === -1 ? joined : words[index + 1];
  return named === undefined ? projectFolder(cwd) : resolve(cwd, named);
}

function stacks(root: string): readonly string[] {
  return namesIn(root, /^Pulumi\.(.+)\.yaml$/);
}

/** What a stack's config says in one word. */
function saidBy(root: string, stack: string, key: "environment" | "catalog"): string | undefined {
  const text = readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8");
  return new RegExp(`^\\s*gitops-factory:${key}:\\s*["']?([\\w./-]+)`, "m").exec(text)?.[1];
}

/** The folders of the stacks' catalogues. */
function catalogues(root: string): readonly string[] {
  return distinct(stacks(root).map((stack) => resolve(root, saidBy(root, stack, "catalog") ?? "catalog")));
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

/** `acme/shop`, by the files of the catalogue. */
function projects(catalogue: string): readonly string[] {
  return namesIn(catalogue, /^([^.]+)$/).flatMap((organisation) =>
    namesIn(join(catalogue, organisation), /^([^.].*)\.yaml$/).map((name) => `${organisation}/${name}`),
  );
}

function namesIn(folder: string, pattern = /^([^.].*)$/): readonly string[] {
  try {
    return readdirSync(folder)
      .flatMap((file) => pattern.exec(file)?.[1] ?? [])
      .sort();
  } catch {
    return [];
  }
}
