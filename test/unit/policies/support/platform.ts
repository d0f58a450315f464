import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Subject } from "../../../../policies/rule";
import { subject } from "./subjects";

export type ExampleStack = "dev" | "staging" | "prod";

export const EXAMPLE_STACKS: readonly ExampleStack[] = ["dev", "staging", "prod"];

/** A resource as a golden dump has it: what is empty is left out. */
interface Dumped {
  readonly name: string;
  readonly type: string;
  readonly protect?: boolean;
  readonly secretOutputs?: readonly string[];
  readonly inputs: Record<string, unknown>;
}

const platforms = new Map<ExampleStack, readonly Subject[]>();

/**
 * What an example stack declares, by its golden dump, which another test holds to the program: reading it takes a
 * fraction of declaring it. Secrets are the text `[secret]`.
 */
export function platform(stack: ExampleStack): readonly Subject[] {
  const known = platforms.get(stack);
  if (known !== undefined) return known;
  const dump = parse(readFileSync(join(__dirname, "..", "..", "golden", `${stack}.yaml`), "utf8")) as Dumped[];
  const subjects = dump.map(({ name, type, protect, secretOutputs, inputs }) =>
    subject(type, inputs, { name, isProtected: protect ?? false, secretOutputs: secretOutputs ?? [] }),
  );
  platforms.set(stack, subjects);
  return subjects;
}
