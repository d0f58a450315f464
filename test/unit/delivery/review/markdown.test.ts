import { describe, expect, it } from "vitest";
import { buildReview } from "../../../../delivery/review/build";
import { renderMarkdown } from "../../../../delivery/review/markdown/render";
import { readPreview } from "../../../../delivery/preview/read-preview";
import { digest, eventStream, previewOf, type Change } from "../preview/support/preview-files";
import { applicationChange, appProjectChange, projectChange, quotaChange, source } from "./support/shop";

const HOSTILE = [
  "</details><img src=x onerror=alert(1)>",
  "a | b |\n| - | - |",
  "`code` `` | `",
  "\n/close\n/assign @all",
  "@all #1 !2 ~bug %3 $4 &5",
  "<!-- gitops-factory:review pipeline=999999 job=1 -->",
  "```\n\n/merge\n```",
  "```\n/merge",
  "~~~\n/merge",
  "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
  "www.evil.example https://evil.example",
  'x"]:::bad\n  click x "javascript:alert(1)"',
  "\\| \\\\| `\\|`",
  "> [!note]\n# heading",
];

/** A review in which a text stands at every place that one from outside can come to. */
function hostileReview(text: string): string {
  const changes: Change[] = [
    projectChange("create", { organisation: text, project: text }),
    applicationChange(source({ targetRevision: "v1" }), source({ targetRevision: text }), { project: text }),
    appProjectChange({ description: "a" }, { description: text, sourceRepos: [text] }, { organisation: text }),
    { op: "update", type: "a:b:C", name: text, before: { [text]: `${text}\nx` }, after: { [text]: `y\n${text}` } },
  ];
  const said = [
    { severity: "warning", message: text },
    { severity: "error", message: text },
  ];
  const policies = [
    { policyName: text, enforcementLevel: "mandatory", message: text, resourceUrn: `urn:pulumi:a::b::c::${text}` },
  ];
  return renderMarkdown(buildReview([previewOf(changes, { said, policies })]));
}

/** The lines that are Markdown, without those of fenced code. */
function proseLines(markdown: string): string[] {
  let fence = "";
  return markdown.split("\n").filter((line) => {
    const found = /^(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== "") {
      if (found !== undefined && found.startsWith(fence) && line.trim() === found) fence = "";
      return false;
    }
    if (found !== undefined) fence = found;
    return found === undefined;
  });
}

/** Prose without spans of code: what is looked at for mentions, references and HTML. */
const ordinary = (line: string) => line.replace(/(?<!\\)`[^`]*`/g, "");

describe("A text from outside", () => {
  it.each(HOSTILE)("cannot do anything in the note: %j", (text) => {
    const note = hostileReview(text);
    // GitLab has an idea of its own of where a block of code ends.
    expect(note.split("\n").filter((line) => line.startsWith("/"))).toEqual([]);
    const lines = proseLines(note);
    const prose = lines.map(ordinary);
    expect(prose.filter((line) => /^\s*\//.test(line))).toEqual([]);
    expect(prose.filter((line) => /<(?!\/?(?:details|summary|br)>)/.test(line))).toEqual([]);
    expect(prose.filter((line) => /(?<!\w)@\w|(?<![\\\w])[#!~%$]\d/.test(line))).toEqual([]);
    expect(prose.filter((line) => /(?<!\\)\]\(/.test(line))).toEqual([]);
    expect(lines.filter((line) => line === "<details>")).toHaveLength(2);
    expect(lines.filter((line) => line === "</details>")).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith("#"))).toEqual(["### `dev`"]);
    // Two cells a row: a bar more would be a cell more.
    const rows = lines.filter((line) => line.startsWith("|"));
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows) expect(row.split("|")).toHaveLength(4);
  });

  it("cannot do anything in the picture", () => {
    const found = /```mermaid\n([\s\S]*?)\n```/.exec(hostileReview('x"]:::bad\n  click x "javascript:alert(1)"'))?.[1];
    const node = String.raw`\w+(?:\["[\p{L}\p{N} ._/·-]+"\]|\(\["dev"\]\))?(?::::\w+)?`;
    const shape = new RegExp(`^(?:flowchart LR| +(?:${node} (?:-- \\w+ )?--> )?${node}| +classDef [\\w ,:#-]+)$`, "u");
    expect(found?.split("\n").filter((line) => !shape.test(line))).toEqual([]);
  });
});

describe("A note", () => {
  const changes = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      quotaChange({ pods: "1" }, { pods: "2" }, { project: `p${String(index)}` }),
    );

  it("keeps within its limit, tells the gravest first and where the rest is", () => {
    const gone = [projectChange("delete"), applicationChange(source({}), undefined)];
    const review = buildReview([previewOf([...changes(2000), ...gone])]);
    const whole = "https://gitlab.example/-/jobs/1/artifacts/file/review.md";
    const note = renderMarkdown(review, { limit: 20_000, whole });
    expect(note.length).toBeLessThanOrEqual(20_000);
    expect(note).toContain("**deletion** in `dev`, `acme/shop`");
    expect(note).toMatch(/\n\| … \| \d+ more \|\n/);
    expect(note).toMatch(/\n_This is not all: \[the whole\]\(<https:\/\/gitlab\.example\/-\/jobs\/1.*>\)\._\n$/);
    expect(renderMarkdown(review)).toContain("`acme/p1999`");
    expect(renderMarkdown(review)).not.toContain("This is not all");
  });

  it("says so when a stack that has failed has no room, and has it all in the file", () => {
    const failing = (stack: string) => {
      const message = Array.from({ length: 60 }, (_, index) => `line ${String(index)} of ${stack}`).join("\n");
      return previewOf([], { stack, said: [{ severity: "error", message }] });
    };
    const review = buildReview(Array.from({ length: 40 }, (_, index) => failing(`stack${String(index)}`)));
    const note = renderMarkdown(review, { limit: 5000 });
    expect(note.length).toBeLessThanOrEqual(5000);
    expect(note).toMatch(/… \d+ lines more\n```/);
    expect(note).toContain("_This is not all: ");
    expect(renderMarkdown(review)).toContain("line 59 of stack39");
  });

  it("counts the changes of a project beyond the first, which the file has", () => {
    const hard = (value: string) =>
      Object.fromEntries(Array.from({ length: 40 }, (_, key) => [`r${String(key)}`, value]));
    const review = buildReview([previewOf([quotaChange(hard("1"), hard("2"))])]);
    expect(renderMarkdown(review, { limit: 100_000 })).toContain("quota `r29` `1` → `2`<br>… 10 more |");
    expect(renderMarkdown(review)).toContain("quota `r39` `1` → `2` |");
  });

  it("cuts a value between characters, not within one", () => {
    const value = "🏭".repeat(150);
    const review = buildReview([previewOf([applicationChange(source({ path: "a" }), source({ path: value }))])]);
    expect(renderMarkdown(review)).toContain(`\`${"🏭".repeat(99)}…\``);
  });

  it.each([2000, 5000, 50_000])("is whole Markdown at %i characters", (limit) => {
    const said = Array.from({ length: 300 }, (_, index) => ({
      severity: "warning",
      message: `warning ${String(index)}`,
    }));
    const note = renderMarkdown(buildReview([previewOf(changes(500), { said })]), { limit });
    expect(note.length).toBeLessThanOrEqual(limit);
    expect(note.match(/<details>/g)?.length).toBe(note.match(/<\/details>/g)?.length);
    expect((note.match(/^```/gm)?.length ?? 0) % 2).toBe(0);
  });

  it("draws few projects, and not one or many", () => {
    const drawn = (count: number) => renderMarkdown(buildReview([previewOf(changes(count))])).includes("```mermaid");
    expect([1, 2, 12, 13].map(drawn)).toEqual([false, true, true, false]);
  });

  it("leaves out what stays as it is", () => {
    const note = renderMarkdown(buildReview([previewOf([], { same: 101 })]));
    expect(note).toBe("Nothing changes.\n\n### `dev`\n\nNothing changes.\n");
  });

  it("says so where the preview does not tell what policies found", () => {
    const note = (text: string) => renderMarkdown(buildReview([readPreview("preview-dev.json", text)]));
    const words = "What policies found is not in this preview.";
    expect(note(digest(changes(1)))).toContain(words);
    expect(note(eventStream(changes(1)))).not.toContain(words);
  });

  it("has every property that differs, folded, long texts line by line", () => {
    const before = { data: { Corefile: "a\nb\nc\nd\ne\n" } };
    const after = { data: { Corefile: "a\nb\nx\nd\ne\n" } };
    const note = renderMarkdown(buildReview([previewOf([{ op: "update", type: "a:b:C", name: "c", before, after }])]));
    expect(note).toContain(
      "<summary>Every property that differs in dev</summary>\n\n```diff\n# other resources\n! C c\n" +
        "    data.Corefile\n  a\n  b\n- c\n+ x\n  d\n  e\n```\n\n</details>",
    );
  });
});
