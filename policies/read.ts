import { parse } from "yaml";

/** Reads inputs of any shape: a rule meets what other programs declare, too. */
type Inputs = Readonly<Record<string, unknown>>;

/** What lies at a path of keys and indices; undefined when a step of it leads nowhere. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let inner = value;
  for (const key of path) {
    if (inner === null || typeof inner !== "object") return undefined;
    inner = (inner as Record<string | number, unknown>)[key];
  }
  return inner;
}

export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** A list at a path; what is no list is an empty one. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The object's name in the cluster. */
export function nameOf(inputs: Inputs): string | undefined {
  return textAt(inputs, "metadata", "name");
}

export function namespaceOf(inputs: Inputs): string | undefined {
  return textAt(inputs, "metadata", "namespace");
}

/** What a text says as YAML, as far as it is some; otherwise the text itself. */
export function yamlTree(text: string): unknown {
  try {
    return parse(text, { logLevel: "silent" });
  } catch {
    return text;
  }
}
