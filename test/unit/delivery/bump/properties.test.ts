import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { bumpText, type Bumped } from "../../../../delivery/bump/bump-text";
import { applyEdits } from "../../../../delivery/bump/slot";

const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/);
const quote = fc.constantFrom("", "'", '"');
const comment = fc.constantFrom("", " # a: b {[", "  # über ☸");
const newline = fc.constantFrom("\n", "\r\n");

/** A tag as somebody may have written it: without quotes, only what YAML reads as text. */
function written(value: string, mark: string): string {
  return mark === "" ? `v-${value}` : `${mark}${value}${mark}`;
}

interface Example {
  readonly file: string;
  readonly text: string;
}

/** A file of each kind around one image `r.example/shop`, with other things before and after. */
const example: fc.Arbitrary<Example> = fc
  .record({
    kind: fc.constantFrom("kustomization", "values", "manifest"),
    before: fc.array(fc.constantFrom("# one", "x: [1, 2]", "'y z': \"\\u00e9\"", ""), { maxLength: 3 }),
    after: fc.array(fc.constantFrom("# last", "z: |", "  tag: r.example/shop:1", ""), { maxLength: 1 }),
    tag,
    quote,
    comment,
    newline,
    mark: fc.constantFrom("", "\uFEFF"),
    ends: fc.boolean(),
    indent: fc.constantFrom("", "  ", "    "),
  })
  .map(({ kind, before, after, tag: old, quote: q, comment: c, newline: n, mark, ends, indent }) => {
    const name = "r.example/shop";
    const other = `${indent}- name: other${n}${indent}  `;
    const whole = `${q}${name}:${old}${q}${c}`;
    const body = {
      kustomization: [
        "images:",
        `${other}newTag: '${old}'`,
        `${indent}- name: ${name}`,
        `${indent}  newTag: ${written(old, q)}${c}`,
      ],
      values: ["web:", "  image:", `    repository: ${q}${name}${q}${c}`, `    tag: ${written(old, q)}${c}`],
      manifest: [
        "apiVersion: v1",
        "kind: Pod",
        "spec:",
        ` containers:`,
        `${indent} - image: other:${old}`,
        `${indent} - image: ${whole}`,
      ],
    }[kind];
    const keys = [...new Set(before.filter((line) => line.startsWith("x") || line.startsWith("'")))];
    const lines = [
      ...before.filter((line) => line.startsWith("#") || line === ""),
      ...keys,
      ...body,
      ...after.filter((line) => line.startsWith("#")),
    ];
    return {
      file: kind === "kustomization" ? "kustomization.yaml" : "any.yaml",
      text: mark + lines.join(n) + (ends ? n : ""),
    };
  });

function bump(file: string, text: string, value: string): Bumped {
  const result = bumpText(file, text, { image: "r.example/shop", paths: [], wanted: { tag: value } });
  if (!("edits" in result)) throw new Error(result.map(({ message }) => message).join("\n"));
  return result;
}

/** What YAML reads, as paths and values. */
function leaves(text: string): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const visit = (path: string, value: unknown): void => {
    if (typeof value !== "object" || value === null) found.set(path, value);
    else for (const [key, one] of Object.entries(value)) visit(`${path}/${key}`, one);
  };
  const documents = parseAllDocuments(text.replace(/^\uFEFF/, ""));
  for (const [index, document] of [...documents].entries()) visit(String(index), document.toJS());
  return found;
}

describe("factory bump", () => {
  it("keeps every character outside of the version", () => {
    fc.assert(
      fc.property(example, tag, ({ file, text }, value) => {
        const result = bump(file, text, value);
        expect(applyEdits(text, result.edits)).toBe(result.text);
        for (const { start, end } of result.edits) {
          expect(text.slice(start, end)).toMatch(/^['"]?:?[\w.-]*['"]?$/);
        }
        expect(result.edits.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("changes one value for who reads the file, to what was wanted as text", () => {
    fc.assert(
      fc.property(example, tag, ({ file, text }, value) => {
        const [before, after] = [leaves(text), leaves(bump(file, text, value).text)];
        expect([...after.keys()]).toEqual([...before.keys()]);
        const changed = [...after].filter(([path, leaf]) => before.get(path) !== leaf);
        expect(changed.length).toBeLessThanOrEqual(1);
        const versions = [...after.values()].filter((leaf) => leaf === value || leaf === `r.example/shop:${value}`);
        expect(versions.length).toBeGreaterThanOrEqual(1);
        if (changed.length === 1) expect(versions).toContain(changed[0]?.[1]);
      }),
    );
  });

  it("finds nothing to do the second time", () => {
    fc.assert(
      fc.property(example, tag, ({ file, text }, value) => {
        const once = bump(file, text, value);
        expect(bump(file, once.text, value)).toMatchObject({ text: once.text, edits: [] });
      }),
    );
  });
});
