import { expect, it } from "vitest";
import { bumpText, type Bumped } from "../../../../../delivery/bump/bump-text";
import type { Request } from "../../../../../delivery/bump/wanted";

export const DIGEST = `sha256:${"a1".repeat(32)}`;
export const OLD = `sha256:${"0b".repeat(32)}`;

export function tag(image: string | undefined, value: string, ...paths: string[]): Request {
  return { ...(image !== undefined && { image }), paths, wanted: { tag: value } };
}

export function digest(image: string, ...paths: string[]): Request {
  return { image, paths, wanted: { digest: DIGEST } };
}

/** The result; a refusal fails the test with its words. */
export function bumped(file: string, text: string, request: Request): Bumped {
  const result = bumpText(file, text, request);
  if (!("edits" in result)) throw new Error(result.map(({ message }) => message).join("\n"));
  return result;
}

export type Case = readonly [what: string, before: string, request: Request, after: string];

export function holds(file: string, cases: readonly Case[]): void {
  it.each(cases)("sets %s", (_, before, request, after) => {
    const { text } = bumped(file, before, request);
    expect(text).toBe(after);
    // A second run finds nothing to do.
    expect(bumped(file, text, request)).toMatchObject({ text, edits: [], changes: [] });
  });
}
