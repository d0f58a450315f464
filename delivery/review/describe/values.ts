import { at } from "../../../policies/read";
import type { Inputs } from "../../preview/preview";

/** A text, number or truth value at a path, as text. */
export function scalarAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" || typeof found === "number" || typeof found === "boolean"
    ? String(found)
    : undefined;
}

/** An object at a path; what is none is an empty one. */
export function recordAt(value: unknown, ...path: readonly (string | number)[]): Inputs {
  const found = at(value, ...path);
  return found !== null && typeof found === "object" && !Array.isArray(found) ? (found as Inputs) : {};
}

/** The texts of a list at a path, others written as JSON. */
export function textsAt(value: unknown, ...path: readonly (string | number)[]): string[] {
  const found = at(value, ...path);
  if (!Array.isArray(found)) return [];
  return found.map((item: unknown) => (typeof item === "string" ? item : JSON.stringify(item)));
}
