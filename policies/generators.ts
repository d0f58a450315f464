import { listAt } from "./read";

/** A generator of an ApplicationSet: a map of its kind to its settings. */
export interface GeneratorPlace {
  readonly path: string;
  readonly generator: Readonly<Record<string, unknown>>;
}

/** All generators, also those that a matrix or a merge has inside. */
export function everyGenerator(generators: readonly unknown[], path = "spec.generators"): GeneratorPlace[] {
  return generators.flatMap((generator, index) => {
    if (typeof generator !== "object" || generator === null) return [];
    const place = `${path}[${String(index)}]`;
    const inside = ["matrix", "merge"].flatMap((kind) =>
      everyGenerator(listAt(generator, kind, "generators"), `${place}.${kind}.generators`),
    );
    return [{ path: place, generator: generator as Readonly<Record<string, unknown>> }, ...inside];
  });
}
