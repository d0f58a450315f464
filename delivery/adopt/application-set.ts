import { fieldsAt, isFields, listAt, textAt } from "./found-object";
import type { Fields, FoundObject } from "./found-object";
import { Notes, type Note } from "./note";

/** A file of the folder that was read: its path from there, and its text. */
export interface ReadFile {
  readonly path: string;
  readonly text: string;
}

export interface Generated {
  readonly applications: readonly FoundObject[];
  readonly notes: readonly Note[];
}

/**
 * The Applications that an ApplicationSet makes of files in the folder that was read, as argocd-autopilot lays them out:
 * `apps/<app>/overlays/<project>/config.json`, and `apps/<app>/<project>/config_dir.json` for plain folders
 * (cmd/commands/project.go of argoproj-labs/argocd-autopilot). A cluster has what the other generators make.
 */
export function generateApplications(set: FoundObject, files: readonly ReadFile[]): Generated {
  const notes = new Notes(`ApplicationSet ${set.metadata.name}`, set.origin);
  const applications = listAt(set.spec, "generators").flatMap((generator, index) => {
    const git = isFields(generator) ? fieldsAt(generator, "git") : {};
    const patterns = listAt(git, "files")
      .filter(isFields)
      .flatMap((file) => textAt(file, "path") ?? []);
    if (patterns.length === 0) {
      const kind = isFields(generator) ? Object.keys(generator)[0] : undefined;
      notes.refused(
        `spec.generators[${String(index)}]`,
        kind,
        "only files in Git are read here",
        "adopt what it has made: --from-cluster",
      );
      return [];
    }
    const template = merge(fieldsAt(set.spec, "template"), fieldsAt(git, "template"));
    return files
      .filter(({ path }) => patterns.some((pattern) => matches(path, pattern)))
      .flatMap((file) => applicationOf(template, file, notes));
  });
  return { applications, notes: notes.all };
}

function applicationOf(template: Fields, { path, text }: ReadFile, notes: Notes): FoundObject[] {
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    values = undefined;
  }
  if (!isFields(values)) {
    notes.refused(path, undefined, "the file is no JSON object", "mend it, then adopt again");
    return [];
  }
  const { metadata, spec } = fill(template, values) as { readonly metadata?: Fields; readonly spec?: Fields };
  const name = textAt(metadata, "name");
  if (name === undefined) return [];
  return [
    {
      kind: "Application",
      apiVersion: "argoproj.io/v1alpha1",
      metadata: {
        name,
        labels: fieldsAt(metadata, "labels") as Readonly<Record<string, string>>,
        ownerReferences: [{ kind: "ApplicationSet", name: notes.object.split(" ")[1] ?? "" }],
      },
      spec: spec ?? {},
      origin: path,
    },
  ];
}

/** `{{ name }}` by its value; what the file does not say is empty, as no default is known. */
function fill(template: unknown, values: Fields): unknown {
  if (typeof template === "string") {
    return template.replaceAll(/\{\{\s*\.?([\w.]+)\s*\}\}/g, (_, key: string) => {
      const value = values[key];
      return typeof value === "string" || typeof value === "number" ? String(value) : "";
    });
  }
  if (Array.isArray(template)) return template.map((item) => fill(item, values));
  if (!isFields(template)) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fill(value, values)]));
}

function merge(one: Fields, other: Fields): Fields {
  const merged: Record<string, unknown> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const before = merged[key];
    merged[key] = isFields(before) && isFields(value) ? merge(before, value) : value;
  }
  return merged;
}

/** `**` stands for any folders, `*` for one name. The folder that was read may be the repository, or lie in it. */
function matches(path: string, pattern: string): boolean {
  const expression = pattern
    .replace(/^\.?\//, "")
    .split("/")
    .map((step) => (step === "**" ? ".+" : step.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*")))
    .join("/");
  return new RegExp(`(^|/)${expression}$`).test(path);
}
